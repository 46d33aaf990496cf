import { BARE, closing, kindOf, NAMES, QUOTE, stickyEnd } from './keyed.ts';
import { type Mark, START } from './placeholder.ts';

const MAYBE_QUOTE = '(?:\\\\{0,16}["\']|%22|%27|%5C%22)?';
const IS = '(?:\\s|%20){0,4}(?:=|:|%3A|%3D)(?:\\s|%20){0,4}';
const BETWEEN = '(?:[\\s,;]|%2C|%20|%0A|\\\\{1,16}[nrt]){1,12}';
/** `"name": "DB_PASSWORD", "value": "..."`, as the environment of a container is printed. */
const PAIR = new RegExp(
  `${START}(?:name|key|field|header|variable)${MAYBE_QUOTE}${IS}${MAYBE_QUOTE}[\\w.-]{0,40}?(${NAMES.join('|')})${MAYBE_QUOTE}${BETWEEN}${MAYBE_QUOTE}(?:value|val|content|data)${MAYBE_QUOTE}${IS}`,
  'gi',
);
/** `"Authorization", "Bearer ..."`, as Node's `rawHeaders` are printed. */
const HEADER =
  /(?:\\{0,16}["']|%22)((?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?(?:api-key|auth-token|access-token))(?:\\{0,16}["']|%22)(?:\s|%20){0,4}(?:,|%2C)(?:\s|%20){0,4}(?=\\{0,16}["']|%22)/gi;

/** Secrets whose name stands in one field and whose value in the next. */
export function redactNeighbours(text: string, mark: Mark): string {
  return valuesAfter(HEADER, valuesAfter(PAIR, text, mark), mark);
}

/** Hides the value that follows each match; group 1 of the pattern is the name. */
function valuesAfter(names: RegExp, text: string, mark: Mark): string {
  let out = '';
  let from = 0;
  for (const found of text.matchAll(names)) {
    const at = found.index + found[0].length;
    const opened = stickyEnd(QUOTE, text, at);
    const begin = opened ?? at;
    const end =
      opened === null ? (stickyEnd(BARE, text, at) ?? at) : closing(text, text.slice(at, opened), opened);
    const value = text.slice(begin, end);
    if (begin < from || value === '' || value.startsWith('<')) continue;
    out += text.slice(from, begin) + mark(kindOf(found[1] ?? ''), value);
    from = end;
  }
  return out + text.slice(from);
}
