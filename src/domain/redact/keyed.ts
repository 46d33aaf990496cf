import { ANY_MARK, type Mark } from './placeholder.ts';

/** Names whose value is a secret, as the end of an identifier (`dbPassword`, `MY_API_KEY`, `x-auth-token`). */
export const NAMES = [
  'pass(?:word|wd|phrase|code)?(?:[_-]?hash)?',
  'pwd',
  'secret(?:[_-]?(?:access[_-]?)?key)?',
  '(?:api|access|private|account|auth|encryption|signing|shared)[_-]?key(?:[_-]?id)?',
  'token(?:[_-]?secret)?',
  'credentials?',
  'signature',
  'sig',
  'sess(?:ion)?[_-]?id',
  'sid',
  'csrf',
  'authorization',
  '(?:set-)?cookie',
];
const NAME = new RegExp(`(?:${NAMES.join('|')})(?![A-Za-z0-9_-])`, 'gi');
/** Short names are secrets only as a whole identifier: `side` and `design=` are not. */
const WHOLE = /^(?:pass|pwd|sig|sid|signature)$/i;
/** Lets `"name": "value"`, `name=value`, `name => value`, `name%3Dvalue`, `\"name\":\"value\"` through. */
const SEPARATOR =
  /(?:\\{0,16}["']|%22|%27|%5C%22)?(?:\s|%20){0,8}(?:=>|%3D%3E|%3D>|:(?!:)|=(?!=)|%3A|%3D)(?:\s|%20){0,8}/iy;
export const QUOTE = /\\{0,16}["']|%22|%27|%5C%22/iy;
export const BARE = /(?:(?!%26|%22|%27|%3B|%0A|%0D|\\+[nrt"'])[^\s,;&"'`)\]}])+/iy;
const AUTHORIZATION = /(?:(?:bearer|basic|digest|token|apikey|negotiate)(?: |%20|\+)+)?[^\s,;"'\\}]+/iy;
const HEADER = /(?:(?!%22|%0A|%0D|\\+[nr"'])[^\r\n"'}])+/iy;
/** Says nothing: absent, already hidden, or a template's wildcard. */
const EMPTY = new RegExp(
  `^(?:${ANY_MARK}$|<\\*>|\\$\\{|\\*+$|(?:null|undefined|none|nil|true|false|n/a|required|missing|invalid)$)`,
  'i',
);
const BEARER = /(?<=\bbearer(?: |%20){1,4})(?=[A-Za-z0-9._~+/=-]*[0-9.])[A-Za-z0-9._~+/=-]{8,}/gi;

/** Values of fields, parameters and headers whose name says that they are secret. */
export function redactKeyed(text: string, mark: Mark): string {
  let out = '';
  let from = 0;
  NAME.lastIndex = 0;
  for (let name = NAME.exec(text); name !== null; name = NAME.exec(text)) {
    const value = valueAfter(text, name.index, name[0]);
    if (value === null) continue;
    const [begin, end] = value;
    out += text.slice(from, begin) + mark(kindOf(name[0]), text.slice(begin, end));
    from = end;
    NAME.lastIndex = end;
  }
  return (out + text.slice(from)).replace(BEARER, (token) => mark('token', token));
}

/** Where the value of the name begins and ends, or null when there is none to hide. */
function valueAfter(text: string, at: number, name: string): readonly [number, number] | null {
  if (WHOLE.test(name) && /[A-Za-z0-9]/.test(text[at - 1] ?? ' ')) return null;
  const separated = stickyEnd(SEPARATOR, text, at + name.length);
  if (separated === null) return null;
  const opened = stickyEnd(QUOTE, text, separated);
  const range =
    opened === null
      ? ([separated, bareEnd(text, name, separated)] as const)
      : ([opened, closing(text, text.slice(separated, opened), opened)] as const);
  const value = text.slice(...range);
  if (value === '' || EMPTY.test(value)) return null;
  const spaced = /\s/.test(text[separated - 1] ?? '');
  return opened === null && isHarmless(name, value, spaced) ? null : range;
}

function bareEnd(text: string, name: string, begin: number): number {
  const form = /^authorization$/i.test(name) ? AUTHORIZATION : /cookie$/i.test(name) ? HEADER : BARE;
  return stickyEnd(form, text, begin) ?? begin;
}

/** The closing quote of the same form; a value that is cut off ends with its line. */
export function closing(text: string, quote: string, from: number): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (quote.startsWith('\\') || quote.startsWith('%') || !escaped(text, at)) return at;
  }
  const line = text.indexOf('\n', from);
  return line === -1 ? text.length : line;
}

function escaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** `PWD=/home/me`, `token=token`, `password=req.body.password`, `secret = find(...)`, `Unexpected token: x`. */
function isHarmless(name: string, value: string, spaced: boolean): boolean {
  if (/^authorization$|cookie$/i.test(name)) return false;
  if (/^pwd$/i.test(name) && value.startsWith('/')) return true;
  if (CODE.test(value) || value.toLowerCase().endsWith(name.toLowerCase())) return true;
  if (!spaced) return false;
  return /^passw|^passphrase/i.test(name) ? TYPE.test(value) : !/^(?:(?=.*\d).{8,}|[\w-]{16,}$)/.test(value);
}

/** An expression, not a value. */
const CODE =
  /^(?:[A-Za-z_$][\w$.]{0,60}[([]|(?:self|this|req|request|ctx|config|settings|env|process|os|options|opts|args|params|body|data|user)\.)/;
const TYPE = /^(?:z\.)?(?:string|str|any|unknown|text|varchar|optional|[A-Z]\w*;)\b/i;

export function stickyEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

export function kindOf(name: string): string {
  if (/^pass|^pwd/i.test(name)) return 'password';
  if (/cookie$|^sess|^sid/i.test(name)) return 'session';
  return /token|authorization|csrf/i.test(name) ? 'token' : 'secret';
}
