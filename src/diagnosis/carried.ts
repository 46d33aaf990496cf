import type { ContextItem } from '../domain/diagnosis.ts';

/** `src/pay.ts`, `app/models/user.rb:12`, with the line where one is named. */
const FILE = /([\w@./-]+\.(?:[cm]?[jt]sx?|py|go|java|rb|vue|json|ya?ml|sh|sql|toml|lock))\b(?::(\d+))?/g;
const LINE = /\blines? (\d+)/gi;
const URL = /\bhttps?:\/\/[^\s)"'<>]+/gi;
const COMMIT = /\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b/g;
/** Code in backticks. */
const CODE = /`([^`\n]{2,120})`/g;
/** Letters of a word that can tie a sentence to an item; shorter ones are everywhere. */
const WORD = /[\p{L}_$][\p{L}\d_$]{3,}/gu;

/**
 * Do these items carry a sentence? What it names must occur in them, and it must share a word with them: an item that has
 * nothing to do with a sentence does not carry it.
 */
export function isCarried(text: string, items: readonly ContextItem[]): boolean {
  if (items.length === 0) return false;
  const lower = textOf(items).toLowerCase();
  return (
    namesOccur(text, items) && [...text.matchAll(WORD)].some(([word]) => lower.includes(word.toLowerCase()))
  );
}

/** Every file, line, commit, address and identifier that the text names occurs in the items. */
export function namesOccur(text: string, items: readonly ContextItem[]): boolean {
  const shown = textOf(items);
  const lower = shown.toLowerCase();
  return (
    [...text.matchAll(FILE)].every(
      ([, file = '', line]) => shown.includes(file) && hasLine(shown, file, line),
    ) &&
    [...text.matchAll(LINE)].every(([, line = '']) => hasLine(shown, '', line)) &&
    [...text.matchAll(URL)].every(([url]) => shown.includes(url.replace(/[.,;:]+$/, ''))) &&
    [...text.matchAll(COMMIT)].every(([sha]) => shown.includes(sha.slice(0, 7))) &&
    [...text.matchAll(CODE)].every(([, code = '']) => hasCode(lower, code))
  );
}

function textOf(items: readonly ContextItem[]): string {
  return items.map((item) => `${item.title}\n${item.text}`).join('\n');
}

/** The line is named with the file, or stands in a numbered excerpt. */
function hasLine(shown: string, file: string, line: string | undefined): boolean {
  if (line === undefined) return true;
  return shown.includes(`${file}:${line}`) || new RegExp(`^[> ] *${line} \\| `, 'm').test(shown);
}

/** Every identifier in the code occurs; what a fix would write around them need not. */
function hasCode(lower: string, code: string): boolean {
  const names = code.toLowerCase().match(/[a-z_$][\w$]{2,}/g) ?? [];
  return names.length === 0 || names.some((name) => lower.includes(name));
}
