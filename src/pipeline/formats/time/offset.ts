import { isWord } from '../characters.ts';
import { two } from './civil.ts';
import type { Stamp } from './stamp.ts';

/** Zones that have a name in logs, as minutes east (RFC 2822, section 4.3, and the European ones); CST is America's. */
const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Z: 0,
    UTC: 0,
    GMT: 0,
    WET: 0,
    BST: 60,
    WEST: 60,
    CET: 60,
    CEST: 120,
    EET: 120,
    EEST: 180,
    MSK: 180,
    JST: 540,
    EDT: -240,
    EST: -300,
    CDT: -300,
    CST: -360,
    MDT: -360,
    MST: -420,
    PDT: -420,
    PST: -480,
  }),
);

/** Most often it is a level that follows. */
const INITIALS = new Set([...NAMED.keys()].map((name) => name.charCodeAt(0)));

/**
 * The offset that may stand at `from`, ms east of UTC: `Z`, `+02:00`, `-0730`, `+02`, ` +0000`, ` UTC`. Says in `into` whether
 * there is one and where it ends; 0 for none.
 */
export function offsetAfter(text: string, from: number, into: Stamp): number {
  into.zoned = false;
  into.end = from;
  const blank = text.charCodeAt(from) === 32;
  const at = blank ? from + 1 : from;
  const code = text.charCodeAt(at);
  if (code === 43 || code === 45) return signed(text, at, blank, into);
  return INITIALS.has(code) ? named(text, at, into) : 0;
}

/** After a blank only the full form is one: ` - ` and ` -12 ` are not. */
function signed(text: string, at: number, full: boolean, into: Stamp): number {
  const hours = two(text, at + 1);
  const minutesAt = text.charCodeAt(at + 3) === 58 ? at + 4 : at + 3;
  const minutes = two(text, minutesAt);
  if (Number.isNaN(hours) || hours > 14 || (full && Number.isNaN(minutes))) return 0;
  into.zoned = true;
  into.end = Number.isNaN(minutes) ? at + 3 : minutesAt + 2;
  const ms = (hours * 60 + (Number.isNaN(minutes) ? 0 : minutes)) * 60_000;
  return text.charCodeAt(at) === 43 ? ms : -ms;
}

function named(text: string, at: number, into: Stamp): number {
  let end = at + 1;
  while (end < at + 5 && text.charCodeAt(end) >= 65 && text.charCodeAt(end) <= 90) end += 1;
  const minutes = NAMED.get(text.slice(at, end));
  if (minutes === undefined || isWord(text.charCodeAt(end))) return 0;
  into.zoned = true;
  into.end = end;
  return minutes * 60_000;
}
