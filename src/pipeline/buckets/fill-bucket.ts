import type { Level } from '../../domain/event.ts';
import { type Accumulator, accumulate, accumulator } from './accumulate.ts';
import type { FieldsLook } from './fields-look.ts';
import type { Bucket } from './open-bucket.ts';

/** One record as the buckets see it. */
export interface Gathered {
  readonly level: Level | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** What is known of it already. */
export interface Standing {
  /** Index of its template; -1 for an exception. */
  readonly template: number;
  /** Of the fault that an exception is; null for what is noted by its template alone. */
  readonly fingerprint: string | null;
  /** An open episode counts it already. */
  readonly explained: boolean;
}

/** What a record's numbers belong to. */
export interface Place {
  /** What splits their series; null for nothing. */
  dimension: string | null;
  message: string;
}

/** Adds what was found in the fields of a record. */
export function addNumbers(bucket: Bucket, found: FieldsLook, at: Place): void {
  for (let i = 0; i < found.count; i += 1) {
    const value = found.values[i] ?? Number.NaN;
    if (found.statuses[i] === true) addStatus(bucket, value, at);
    else addMeasure(bucket, found.names[i] ?? '', value, at);
  }
}

/** Counts a record into the bucket of its time. */
export function countRecord(bucket: Bucket, level: Level | null, standing: Standing): void {
  const { template, fingerprint, explained } = standing;
  bucket.records += 1;
  const error = level === 'error' || level === 'fatal';
  if (explained) {
    if (error || template === -1) bucket.explained += 1;
    return;
  }
  if (error) bucket.errors += 1;
  else if (level === 'warn') bucket.warnings += 1;
  if (template !== -1) bucket.messages.add(template);
  else if (fingerprint !== null) bucket.faults.set(fingerprint, (bucket.faults.get(fingerprint) ?? 0) + 1);
}

function addStatus(bucket: Bucket, value: number, at: Place): void {
  if (value < 100 || value > 599) return;
  countStatus(bucket, ALL, value, at.message);
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

const MOST_METRICS = 60;

function addMeasure(bucket: Bucket, name: string, value: number, at: Place): void {
  let measures = bucket.measures.get(name);
  if (measures === undefined) {
    if (bucket.measures.size >= MOST_METRICS) return;
    measures = new Map();
    bucket.measures.set(name, measures);
  }
  accumulateIn(measures, ALL, value, at.message);
  if (at.dimension !== null) accumulateIn(measures, at.dimension, value, at.message);
}

function accumulateIn(measures: Map<string, Accumulator>, of: string, value: number, message: string): void {
  let into = measures.get(of);
  if (into === undefined) {
    into = accumulator();
    measures.set(of, into);
  }
  accumulate(into, value, message);
}

/** All values of a dimension together. */
const ALL = '';
