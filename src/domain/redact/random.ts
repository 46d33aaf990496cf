import type { Mark } from './placeholder.ts';

const TOKEN = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** The same with its signs URL-encoded: dearer to look for. */
const ESCAPED_TOKEN = /(?:[A-Za-z0-9+/_-]|%2[BbFf]){24,}(?:=|%3[Dd]){0,2}/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const DIGEST = /^sha(?:1|256|384|512)-/i;
const HEX = /^(?:0x)?[0-9a-f]+$/i;
/** Lengths in hex digits of ids and digests that are no secrets: Mongo ids, trace ids, SHA-1, SHA-256, SHA-512. */
const HASH_LENGTHS: readonly number[] = [24, 32, 40, 64, 128];
/** Random text changes between lower case, upper case and digits at six of ten places, names at two. */
const MIXED_CHANGES = 0.36;
/** Long tokens, and such with signs that no name has, may look a little less so. */
const LONG_CHANGES = 0.31;
const PLAIN_CHANGES = 0.22;
/** A path has slashes, as base64 has: it must look more random than that. */
const PATH_CHANGES = 0.4;

/** Long tokens that look drawn at random. UUIDs, hashes, paths, identifiers and names with numbers stay. */
export function redactRandom(text: string, mark: Mark): string {
  const form = /%[23]/.test(text) ? ESCAPED_TOKEN : TOKEN;
  return text.replace(form, (token) => (isRandom(token) ? mark('random', token) : token));
}

function isRandom(token: string): boolean {
  if (UUID.test(token) || DIGEST.test(token)) return false;
  if (HEX.test(token)) return /[a-f]/i.test(token) && /\d/.test(token) && isKey(token.replace(/^0x/i, ''));
  const parts = token.split('/').filter((part) => !HEX.test(part) && !UUID.test(part));
  const isPath = token.startsWith('/') || token.split('/').length > 4;
  const letters = lettersOf(parts.join(''));
  return isPath
    ? parts.some(looksDrawn) ||
        (letters.length >= 32 && looksDrawn(letters) && changes(letters) >= PATH_CHANGES)
    : looksDrawn(parts.join('/'));
}

function looksDrawn(token: string): boolean {
  const letters = lettersOf(token);
  const hasDigit = /\d/.test(letters);
  if (letters.length < (hasDigit ? 24 : 32)) return false;
  if (/[a-z]/.test(letters) && /[A-Z]/.test(letters)) {
    const least = /[+=]|%2B/i.test(token) || letters.length >= 40 ? LONG_CHANGES : MIXED_CHANGES;
    return changes(letters) >= least && (hasDigit || capitals(letters) >= 0.35);
  }
  return hasDigit && token.split(/[^A-Za-z0-9]/).some(isPlainRandom);
}

function lettersOf(token: string): string {
  return token.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9]/g, '');
}

/** In camel case one letter of four or five is a capital, in random text every second. */
function capitals(letters: string): number {
  return letters.replace(/[^A-Z]/g, '').length / letters.length;
}

function isKey(hex: string): boolean {
  return hex.length > 40 && !HASH_LENGTHS.includes(hex.length);
}

/** One case and digits: more digits than a name has, and spread over it. */
function isPlainRandom(piece: string): boolean {
  if (piece.length < 24 || HEX.test(piece)) return false;
  const digits = piece.replace(/\D/g, '').length / piece.length;
  return digits >= 0.12 && digits <= 0.7 && changes(piece) >= PLAIN_CHANGES;
}

/** Share of neighbours that are of different classes. */
function changes(letters: string): number {
  let count = 0;
  for (let at = 1; at < letters.length; at += 1) {
    if (classOf(letters.charCodeAt(at)) !== classOf(letters.charCodeAt(at - 1))) count += 1;
  }
  return count / (letters.length - 1);
}

function classOf(code: number): 'digit' | 'upper' | 'lower' {
  if (code <= 57) return 'digit';
  return code <= 90 ? 'upper' : 'lower';
}
