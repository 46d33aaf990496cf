/** Kinds of characters by their code, for those who read a text one by one. NaN, behind its end, is of none. */

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Behind the digits at `from`, at most so many. */
export function digitsEnd(text: string, from: number, most: number): number {
  let end = from;
  while (end < from + most && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Letters, digits and `_`: the `\w` of a pattern. */
export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95;
}

/** Blank and tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

const SPACE = /\s/;

/** The `\s` of a pattern. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return code >= 128 && SPACE.test(String.fromCharCode(code));
}
