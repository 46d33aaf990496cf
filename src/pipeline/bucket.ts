import type { Level } from '../domain/event.ts';
import { type Accumulator, accumulate, accumulator } from './accumulate.ts';
import { dimensionIn, dimensionValue, type FieldRole, roleOf } from './fields.ts';
import { isFields } from './formats/json.ts';
import { type Fingerprinter, hashMasked } from './mask.ts';
import { type Bucket, emptyBucket } from './open-bucket.ts';
import { restoreBucket, type SavedBucket, saveBucket } from './saved-bucket.ts';

/** One record as the buckets see it. */
export interface Gathered {
  readonly time: number;
  readonly level: Level | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** Index of its template; -1 for an exception. */
  readonly template: number;
  /** An open episode counts it already. */
  readonly explained: boolean;
}

/** Gathers records into buckets and hands a bucket out when its time is over. */
export interface Gatherer {
  add(record: Gathered): void;
  /** Buckets that ended before `now` (event time), oldest first; they are gone then. */
  close(now: number): readonly Bucket[];
  /** Start of the oldest open bucket; Infinity when none is open. */
  oldest(): number;
  snapshot(): SavedBuckets;
  restore(saved: SavedBuckets): void;
}

export interface SavedBuckets {
  readonly buckets: readonly SavedBucket[];
  readonly closedUntil: number | null;
  /** Dimension values that have a series of their own. */
  readonly values: readonly string[];
}

export interface GatherOptions {
  readonly bucketMs: number;
  readonly dimensions: readonly string[];
}

const MOST_METRICS = 60;
const MOST_VALUES = 50;
const MOST_REMEMBERED = 5000;
/** Values of a dimension beyond the first fifty. */
export const OTHER = 'other';

export function gatherer({ bucketMs, dimensions }: GatherOptions): Gatherer {
  const buckets = new Map<number, Bucket>();
  const roles = new Map<string, FieldRole>();
  const values = new Set<string>();
  /** By hash of the masked value, so that a path with ids is looked at once. */
  const known = new Map<number, { readonly second: number; readonly value: string }>();
  const key: Fingerprinter = { first: 0, second: 0 };
  let current: Bucket | null = null;
  /** Start of the oldest open bucket. */
  let oldest = Number.POSITIVE_INFINITY;
  let closedUntil = Number.NEGATIVE_INFINITY;

  function bucketAt(time: number): Bucket | null {
    const start = Math.floor(time / bucketMs) * bucketMs;
    if (current !== null && current.start === start) return current;
    if (start < closedUntil && closedUntil - start < CLOCK_SET_MS) return null;
    if (start < closedUntil) closedUntil = Number.NEGATIVE_INFINITY;
    current = buckets.get(start) ?? emptyBucket(start);
    buckets.set(start, current);
    oldest = Math.min(oldest, start);
    return current;
  }

  function dimensionOf(fields: Readonly<Record<string, unknown>>): string | null {
    const raw = dimensionIn(fields, dimensions);
    if (raw === null) return null;
    hashMasked(raw, key);
    const before = known.get(key.first);
    if (before !== undefined && before.second === key.second) return before.value;
    const masked = dimensionValue(raw);
    if (values.size < MOST_VALUES) values.add(masked);
    const value = values.has(masked) ? masked : OTHER;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key.first, { second: key.second, value });
    return value;
  }

  function measure(bucket: Bucket, name: string, value: number, at: Place): void {
    let role = roles.get(name);
    if (role === undefined) {
      role = roleOf(name);
      if (roles.size >= MOST_REMEMBERED) roles.clear();
      roles.set(name, role);
    }
    if (role === 'none' || !Number.isFinite(value)) return;
    if (role === 'status') addStatus(bucket, value, at);
    else addMeasure(bucket, name, value, at);
  }

  function addFields(bucket: Bucket, record: Gathered, fields: Readonly<Record<string, unknown>>): void {
    const at = { dimension: dimensionOf(fields), message: record.message };
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'number') measure(bucket, name, value, at);
      else if (typeof value === 'object' && isFields(value)) {
        for (const inner in value) {
          const number = value[inner];
          if (typeof number === 'number') measure(bucket, `${name}.${inner}`, number, at);
        }
      }
    }
  }

  return {
    add(record) {
      const bucket = bucketAt(record.time);
      if (bucket === null) return;
      countRecord(bucket, record);
      if (record.fields !== null) addFields(bucket, record, record.fields);
    },
    close(now) {
      const ended = [...buckets.values()].filter(({ start }) => start + bucketMs <= now);
      for (const { start } of ended) {
        buckets.delete(start);
        closedUntil = Math.max(closedUntil, start + bucketMs);
      }
      if (ended.length > 0) current = null;
      oldest = Math.min(...buckets.keys());
      return ended.toSorted((a, b) => a.start - b.start);
    },
    oldest: () => oldest,
    snapshot: () => ({
      buckets: [...buckets.values()].map(saveBucket),
      closedUntil: Number.isFinite(closedUntil) ? closedUntil : null,
      values: [...values],
    }),
    restore(saved) {
      for (const bucket of saved.buckets.map(restoreBucket)) buckets.set(bucket.start, bucket);
      for (const value of saved.values) values.add(value);
      oldest = Math.min(...buckets.keys());
      closedUntil = saved.closedUntil ?? Number.NEGATIVE_INFINITY;
    },
  };
}

/** A record so far behind the closed buckets means that the clock was set back. */
const CLOCK_SET_MS = 60_000;

interface Place {
  readonly dimension: string | null;
  readonly message: string;
}

function countRecord(bucket: Bucket, { level, template, explained }: Gathered): void {
  bucket.records += 1;
  const error = level === 'error' || level === 'fatal';
  if (explained) {
    if (error || template === -1) bucket.explained += 1;
    return;
  }
  if (error) bucket.errors += 1;
  else if (level === 'warn') bucket.warnings += 1;
  if (template !== -1) bucket.messages.set(template, (bucket.messages.get(template) ?? 0) + 1);
}

function addStatus(bucket: Bucket, value: number, at: Place): void {
  if (value < 100 || value > 599) return;
  countStatus(bucket, '', value, at.message);
  if (at.dimension !== null) countStatus(bucket, at.dimension, value, at.message);
}

function countStatus(bucket: Bucket, dimension: string, value: number, message: string): void {
  let status = bucket.statuses.get(dimension);
  if (status === undefined) {
    status = { failed: 0, all: 0, example: '' };
    bucket.statuses.set(dimension, status);
  }
  status.all += 1;
  if (value < 500) return;
  status.failed += 1;
  status.example = message;
}

function addMeasure(bucket: Bucket, name: string, value: number, at: Place): void {
  let measures = bucket.measures.get(name);
  if (measures === undefined) {
    if (bucket.measures.size >= MOST_METRICS) return;
    measures = new Map();
    bucket.measures.set(name, measures);
  }
  addValue(measures, '', value, at.message);
  if (at.dimension !== null) addValue(measures, at.dimension, value, at.message);
}

function addValue(
  measures: Map<string, Accumulator>,
  dimension: string,
  value: number,
  message: string,
): void {
  let into = measures.get(dimension);
  if (into === undefined) {
    into = accumulator();
    measures.set(dimension, into);
  }
  accumulate(into, value, message);
}
