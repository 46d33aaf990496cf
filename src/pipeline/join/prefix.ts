/**
 * The beginning that two lines share, as loggers put one before each line of a trace: alike but for its numbers (time,
 * sequence), and ending before a word. Null when they share none.
 */
export function sharedPrefix(a: string, b: string): string | null {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length && i < LONGEST) {
    if (isDigit(a, i) && isDigit(b, j)) {
      i = afterDigits(a, i);
      j = afterDigits(b, j);
    } else if (a[i] === b[j]) {
      i += 1;
      j += 1;
    } else break;
  }
  while (i > 0 && /\w/.test(a[i - 1] ?? '')) i -= 1;
  return i < SHORTEST ? null : a.slice(0, i);
}

const SHORTEST = 3;
const LONGEST = 300;

/** Where `text` goes on after a prefix like this one; -1 when it does not begin so. */
export function afterPrefix(prefix: string, text: string): number {
  let i = 0;
  let j = 0;
  while (i < prefix.length) {
    if (isDigit(prefix, i) && isDigit(text, j)) {
      i = afterDigits(prefix, i);
      j = afterDigits(text, j);
    } else if (prefix[i] === text[j]) {
      i += 1;
      j += 1;
    } else return -1;
  }
  return j;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function afterDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text, at)) at += 1;
  return at;
}
