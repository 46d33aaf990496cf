/**
 * What varies in a message is a word with a digit in it: numbers, ids, hex, addresses, times. Words are runs of letters,
 * digits, `_`, `-` and `.`, so a path or `key=value` keeps its fixed parts.
 */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;

const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/\d/.test(char)) return DIGIT;
  return /[A-Za-z_.-]/.test(char) ? LETTER : OTHER;
});

/** Characters of a message that are looked at; the rest of a dump does not make it another message. */
export const LONGEST_MESSAGE = 2000;

const MASK = 0x1fffff;

/** Two hashes of a message with its varying words masked: what differs only in them hashes alike. No string is made. */
export interface Fingerprinter {
  first: number;
  second: number;
}

/** Fills `out` for a message. Runs once a line, so the masked text itself is not built. */
export function hashMasked(message: string, out: Fingerprinter): void {
  const length = Math.min(message.length, LONGEST_MESSAGE);
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  let wordFirst = first;
  let wordSecond = second;
  let word = OTHER;
  for (let i = 0; i < length; i += 1) {
    const code = message.charCodeAt(i);
    const kind = code < 128 ? (KIND[code] ?? OTHER) : LETTER;
    if (kind === OTHER) {
      if (word === DIGIT) {
        first = Math.imul(wordFirst ^ MASK, 0x01000193);
        second = Math.imul(wordSecond + MASK, 0x85ebca6b);
      }
      word = OTHER;
    } else if (word === OTHER) {
      wordFirst = first;
      wordSecond = second;
      word = kind;
    } else if (kind === DIGIT) word = DIGIT;
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ (second >>> 15), 0x85ebca6b) + code;
  }
  if (word === DIGIT) {
    first = Math.imul(wordFirst ^ MASK, 0x01000193);
    second = Math.imul(wordSecond + MASK, 0x85ebca6b);
  }
  out.first = first | 0;
  out.second = second | 0;
}

const VARYING = /[\w.\-\u0080-\uffff]*\d[\w.\-\u0080-\uffff]*/g;

/** The message with its varying words as `<*>`. */
export function maskText(message: string): string {
  return message.slice(0, LONGEST_MESSAGE).replace(VARYING, '<*>');
}
