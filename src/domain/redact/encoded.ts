import { type Mark, placeholder, type Rule } from './placeholder.ts';

/**
 * Base64 (RFC 4648, both alphabets) of text: the first letter of each four is the upper six bits of a byte, and printable
 * ASCII has few of them. Paths and identifiers end here.
 */
const BEGIN = '(?:(?<![A-Za-z0-9+/_-])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf]))';
const runOf = (letter: string, end: string): RegExp =>
  new RegExp(`${BEGIN}(?:[CDI-Za-f]${letter}{3}){4}${letter}*(?:${end}){0,2}`, 'g');
const RUN = runOf('[A-Za-z0-9+/_-]', '=');
/** The same with its signs URL-encoded: dearer to look for. */
const ESCAPED_RUN = runOf('(?:[A-Za-z0-9+/_-]|%2[BbFf])', '=|%3[Dd]');
const UNPRINTABLE = /[^\t\n\r\x20-\x7e]/g;
/** Share of other bytes that a text may have. */
const MOST_UNPRINTABLE = 0.1;

/**
 * Hides base64 in whose text the other rules find a secret: whole, since what is around it in there says who it belongs
 * to. One layer, and only ASCII text; anything else in base64 looks drawn at random or is no secret.
 */
export function encodedBy(rules: readonly Rule[]): Rule {
  return (text, mark) =>
    text.replace(/%[23]/.test(text) ? ESCAPED_RUN : RUN, (run) =>
      hasSecret(run, rules) ? mark('encoded', run) : run,
    );
}

function hasSecret(run: string, rules: readonly Rule[]): boolean {
  const text = atob(base64Of(run));
  if ((text.match(UNPRINTABLE)?.length ?? 0) > text.length * MOST_UNPRINTABLE) return false;
  let found = false;
  const notice: Mark = (kind, secret) => {
    found = true;
    return placeholder(kind, secret);
  };
  rules.reduce((rest, rule) => rule(rest, notice), text);
  return found;
}

function base64Of(run: string): string {
  const letters = run
    .replace(/%2B/gi, '+')
    .replace(/%2F/gi, '/')
    .replace(/(?:=|%3D)+$/i, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  // One letter over holds six bits: no byte.
  return letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
}
