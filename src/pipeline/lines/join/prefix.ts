/**
 * Where in `b` the beginning ends that it shares with `a`, as loggers put one before each line of a trace: alike but for its
 * numbers (time, sequence), and ending before a word. 0 when they share none.
 */
export function sharedEnd(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < LONGEST && j < LONGEST && i < a.length && j < b.length) {
    const code = a.charCodeAt(i);
    const other = b.charCodeAt(j);
    if (isDigit(code) && isDigit(other)) {
      i = afterDigits(a, i);
      j = afterDigits(b, j);
    } else if (code === other) {
      i += 1;
      j += 1;
    } else break;
  }
  while (j > 0 && isWord(b.charCodeAt(j - 1))) j -= 1;
  return j < SHORTEST ? 0 : j;
}

const SHORTEST = 3;
const LONGEST = 300;

/** Where `text` goes on after a prefix like this one; -1 when it does not begin so. */
export function afterPrefix(prefix: string, text: string): number {
  let i = 0;
  let j = 0;
  while (i < prefix.length) {
    const code = prefix.charCodeAt(i);
    if (isDigit(code) && isDigit(text.charCodeAt(j))) {
      i = afterDigits(prefix, i);
      j = afterDigits(text, j);
    } else if (code === text.charCodeAt(j)) {
      i += 1;
      j += 1;
    } else return -1;
  }
  return j;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWord(code: number): boolean {
  return isDigit(code) || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122);
}

function afterDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}
