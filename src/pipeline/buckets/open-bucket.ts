import type { Accumulator } from './accumulate.ts';

export interface Statuses {
  failed: number;
  all: number;
  /** Message of a failed one. */
  example: string;
}

/** One stretch of event time, while events of it may still come. */
export interface Bucket {
  /** Epoch ms. */
  readonly start: number;
  records: number;
  errors: number;
  warnings: number;
  /** Errors that an open episode explains. */
  explained: number;
  /** By template index: records that no open episode explains. */
  readonly messages: Map<number, number>;
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
    messages: new Map(),
    faults: new Map(),
    measures: new Map(),
    statuses: new Map(),
  };
}
