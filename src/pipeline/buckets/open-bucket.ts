import type { Accumulator } from './accumulate.ts';
import { Tally } from './tally.ts';

export interface Statuses {
  failed: number;
  all: number;
  /** Message of a failed one. */
  example: string;
}

/** One stretch of event time, while events of it may still come. */
export interface Bucket {
  /** Epoch ms. */
  start: number;
  records: number;
  errors: number;
  warnings: number;
  /** Errors that an open episode explains. */
  explained: number;
  /** By template index: records that no open episode explains. */
  readonly messages: Tally;
  /** By fingerprint: exceptions that no open episode explains. */
  readonly faults: Map<string, number>;
  /** By metric, then by dimension value; '' for all together. */
  readonly measures: Map<string, Map<string, Accumulator>>;
  /** Failed and all responses by dimension value; '' for all together. */
  readonly statuses: Map<string, Statuses>;
}

export function emptyBucket(start: number): Bucket {
  return {
    start,
    records: 0,
    errors: 0,
    warnings: 0,
    explained: 0,
    messages: new Tally(),
    faults: new Map(),
    measures: new Map(),
    statuses: new Map(),
  };
}

/** A bucket that is done with, for another time. */
export function renew(bucket: Bucket, start: number): Bucket {
  bucket.start = start;
  bucket.records = 0;
  bucket.errors = 0;
  bucket.warnings = 0;
  bucket.explained = 0;
  bucket.messages.clear();
  if (bucket.faults.size > 0) bucket.faults.clear();
  if (bucket.measures.size > 0) bucket.measures.clear();
  if (bucket.statuses.size > 0) bucket.statuses.clear();
  return bucket;
}
