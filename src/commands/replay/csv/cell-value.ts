import { contextOf } from '../../../pipeline/formats/context.ts';
import { timeOf } from '../../../pipeline/formats/time/value.ts';
import { UTC } from '../../../pipeline/formats/time/zone.ts';

const context = contextOf(UTC);

const DATE = /^\d{4}[-/]\d\d[-/]\d\d$/;
const TO_THE_MINUTE = /^(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d)(?!:)(.*)$/;

/** Epoch ms of a cell; null when it is no time. Without a zone it is UTC; numbers count seconds, ms, us or ns since 1970. */
export function cellTime(cell: string): number | null {
  const text = cell.trim();
  if (DATE.test(text)) return timeOf(`${text} 00:00:00`, context);
  return timeOf(text.replace(TO_THE_MINUTE, '$1:00$2'), context);
}

/** A time that cannot be mistaken for a number of anything else. */
export function isWrittenTime(cell: string): boolean {
  return !isNumber(cell) && cellTime(cell) !== null;
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

export function isNumber(cell: string): boolean {
  return NUMBER.test(cell);
}

const NOTHING = /^\s*(?:|-|nan|na|n\/a|null|none|[-+]?inf(?:inity)?)\s*$/i;

/** Empty, NaN and their like: there was no value. */
export function isMissing(cell: string): boolean {
  return NOTHING.test(cell);
}
