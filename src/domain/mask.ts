/**
 * What varies in a message is a word with a digit in it: numbers, ids, hex, addresses, times. Words are runs of letters,
 * digits and `_`, with single `.` and `-` within. A short name whose only digit is its last character stays as it is:
 * `eth0`, `ipv6`, `ssh2` and `utf8` tell what is spoken of.
 */
const OTHER = 0;
const JOIN = 1;
const WORD = 2;
const LETTER = 3;
const DIGIT = 4;

/** By byte of UTF-8. */
const KIND = Uint8Array.from({ length: 256 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/\d/.test(char)) return DIGIT;
  if (/[A-Za-z]/.test(char)) return LETTER;
  return char === '_' || code > 127 ? WORD : /[.-]/.test(char) ? JOIN : OTHER;
});

/** Characters of a message that are looked at; the rest of a dump does not make it another message. */
export const LONGEST_MESSAGE = 2000;

const MASK = 0x1fffff;

/** Two hashes of a message with its varying words masked: what differs only in them hashes alike. No string is made. */
export interface Fingerprinter {
  first: number;
  second: number;
}

const encoder = new TextEncoder();
/** Its characters as bytes, which are read faster than those of a string that is a part of another. */
const bytes = new Uint8Array(3 * LONGEST_MESSAGE);

/** Fills `out` for a message. Runs once a line: words are hashed by themselves, since whether one varies shows at its end. */
export function hashMasked(message: string, out: Fingerprinter): void {
  const text = message.length > LONGEST_MESSAGE ? message.slice(0, LONGEST_MESSAGE) : message;
  const length = encode(text);
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  let wordFirst = 0;
  let wordSecond = 0;
  let shape = 0;
  let kinds = 0;
  for (let i = 0; i < length; i += 1) {
    const code = bytes[i] ?? 0;
    const kind = KIND[code] ?? OTHER;
    if (kind >= WORD || (kind === JOIN && shape !== 0 && isWordAt(i + 1, length))) {
      wordFirst = Math.imul(wordFirst ^ code, 0x01000193);
      wordSecond = (Math.imul(wordSecond, 0x85ebca6b) + code) | 0;
      shape = (shape << 3) | kind;
      kinds |= kind;
      continue;
    }
    if (isVarying(kinds, shape)) wordFirst = wordSecond = MASK;
    first = Math.imul(first ^ wordFirst, 0x01000193) ^ code;
    second = (Math.imul(second + wordSecond, 0x85ebca6b) + code) | 0;
    wordFirst = wordSecond = shape = kinds = 0;
  }
  if (isVarying(kinds, shape)) wordFirst = wordSecond = MASK;
  out.first = Math.imul(first ^ wordFirst, 0x01000193) | 0;
  out.second = Math.imul(second + wordSecond, 0x85ebca6b) | 0;
}

/** A call of the encoder costs as much as some thirty characters. */
const SHORT = 40;

/** Fills `bytes` with a text in UTF-8; how many they are. */
function encode(text: string): number {
  if (text.length > SHORT) return encoder.encodeInto(text, bytes).written;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) return encoder.encodeInto(text, bytes).written;
    bytes[i] = code;
  }
  return text.length;
}

function isWordAt(at: number, length: number): boolean {
  return at < length && (KIND[bytes[at] ?? 0] ?? OTHER) >= WORD;
}

/** A shape is the kinds of a word's characters, an octal digit each, the last ten of them: this is no short name. */
function isVarying(kinds: number, shape: number): boolean {
  return kinds >= DIGIT && shape !== 0o334 && shape !== 0o3334 && shape !== 0o33334;
}

const WORDS = /[\w\u0080-\uffff]+(?:[.-][\w\u0080-\uffff]+)*/g;
const NAME = /^[A-Za-z]{2,4}\d$/;

/** The message with its varying words as `<*>`. */
export function maskText(message: string): string {
  return message
    .slice(0, LONGEST_MESSAGE)
    .replace(WORDS, (word) => (/\d/.test(word) && !NAME.test(word) ? '<*>' : word));
}
