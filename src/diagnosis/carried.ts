import type { ContextItem } from '../domain/diagnosis.ts';

/** `src/pay.ts`, `app/models/user.rb:12`, with the line where one is named. */
const FILE = /([\w@./-]+\.(?:[cm]?[jt]sx?|py|go|java|rb|vue|json|ya?ml|sh|sql|toml|lock))\b(?::(\d+))?/g;
const LINE = /\blines? (\d+)/gi;
const URL = /\bhttps?:\/\/[^\s)"'<>]+/gi;
const COMMIT = /\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b/g;
/** Code in backticks. */
const CODE = /`([^`\n]{2,120})`/g;
/** What only code is called: `someName`, `some_name`, `name()`, `ThatError`. */
const SYMBOL =
  /\b[a-z][a-z0-9]*(?:[A-Z]\w*)|\b[A-Za-z]\w*_\w+|\b[A-Za-z_$][\w$]*(?=\(\))|\b[A-Z]\w*(?:Error|Exception)\b/g;
/** Letters of a word that can tie a sentence to an item; shorter ones are everywhere. */
const WORD = /[\p{L}_$][\p{L}\d_$]{3,}/gu;
/** Longer words that are everywhere too. */
const COMMON = new Set(
  'that this with from when then because which have does there were will been into only also than they code line lines file error fails failed function value values cause causes call calls called though where after before while some each every must should'.split(
    ' ',
  ),
);
/** Share of a sentence's words that an item must have for the two to be about the same thing. Set by hand. */
const ABOUT_THE_SAME = 0.3;
/** From here on the item says it itself. */
const SAYS_IT = 0.5;

/**
 * The items among these that carry a sentence: they have a file, a commit or a symbol that it names, or share enough of its
 * words. Empty where none does, or where something that the sentence names occurs in none of them: an id that was cited
 * at random carries nothing.
 */
export function carriersOf(text: string, cited: readonly ContextItem[]): readonly ContextItem[] {
  const carriers = cited.filter(
    (item) => wordShare(text, [item]) >= ABOUT_THE_SAME || namesOneOf(text, item),
  );
  return namesOccur(text, carriers) && symbolsOccur(text, carriers) ? carriers : [];
}

/** Do these items together carry it? */
export function isCarried(text: string, items: readonly ContextItem[]): boolean {
  return (
    items.length > 0 &&
    wordShare(text, items) >= ABOUT_THE_SAME &&
    namesOccur(text, items) &&
    symbolsOccur(text, items)
  );
}

/**
 * Does one of these items hold the mechanism: the frame, the changed line or the text that the sentence speaks of, with all
 * that it names? What was only measured, or is known of such failures in general, shows no mechanism.
 */
export function isShown(text: string, items: readonly ContextItem[]): boolean {
  return items.some(
    (item) =>
      item.kind !== 'metric' &&
      item.kind !== 'pattern' &&
      wordShare(text, [item]) >= SAYS_IT &&
      namesOccur(text, [item]) &&
      symbolsOccur(text, [item]),
  );
}

/** Share [0,1] of the sentence's telling words that occur in the items; 0 for a sentence without any. */
function wordShare(text: string, items: readonly ContextItem[]): number {
  const lower = textOf(items).toLowerCase();
  const words = [...new Set([...text.toLowerCase().matchAll(WORD)].map(([word]) => word))].filter(
    (word) => !COMMON.has(word),
  );
  return words.length === 0 ? 0 : words.filter((word) => lower.includes(stemOf(word))).length / words.length;
}

function stemOf(word: string): string {
  return word.replace(/(?<=.{4})(?:ing|ed|s)$/, '');
}

function namesOneOf(text: string, item: ContextItem): boolean {
  const shown = textOf([item]);
  const names = [FILE, SYMBOL].flatMap((form) =>
    [...text.matchAll(form)].map(([whole, file]) => file ?? whole),
  );
  const commits = [...text.matchAll(COMMIT)].map(([sha]) => sha.slice(0, 7));
  return [...names, ...commits].some((name) => shown.includes(name));
}

function symbolsOccur(text: string, items: readonly ContextItem[]): boolean {
  const lower = textOf(items).toLowerCase();
  return [...text.matchAll(SYMBOL)].every(([symbol]) => lower.includes(symbol.toLowerCase()));
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
