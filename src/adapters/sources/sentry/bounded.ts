import type { Labels } from '../../../domain/event.ts';

const MOST = 64;
const LONGEST_NAME = 64;
const LONGEST_VALUE = 500;

/** The short texts, numbers and booleans of these, by name, as labels. */
export function labelsOf(values: Readonly<Record<string, unknown>>): Labels {
  const plain = Object.entries(scalarsOf(values)).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(plain);
}

/** Texts, numbers and booleans, at most 64 of them; the rest is left out. */
export function scalarsOf(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | number | boolean>> {
  const kept: Record<string, string | number | boolean> = {};
  let left = MOST;
  for (const [name, value] of Object.entries(values)) {
    if (!isScalar(value) || value === '' || name.length > LONGEST_NAME) continue;
    if (left === 0) break;
    left -= 1;
    kept[name] = typeof value === 'string' ? value.slice(0, LONGEST_VALUE) : value;
  }
  return kept;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Epoch ms of epoch seconds or an ISO 8601 text (without a zone it is UTC); null when it is neither. */
export function timeOf(value: string | number | null | undefined): number | null {
  if (typeof value === 'number') return value > 0 && value < YEAR_9999 ? Math.round(value * 1000) : null;
  if (typeof value !== 'string' || !ISO.test(value)) return null;
  const time = Date.parse(ZONED.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}

/** In epoch seconds. */
const YEAR_9999 = 253_370_764_800;
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?$/;
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/;
