import type { Level } from '../../domain/event.ts';
import { isFields } from '../formats/json.ts';
import { accumulate, accumulator } from './accumulate.ts';
import { type FieldRole, roleOf } from './fields.ts';
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

/** What its numbers belong to. */
export interface Place {
  dimension: string | null;
  message: string;
  readonly roles: Roles;
}

/** Role of a field by its name, each name looked at once. */
export type Roles = (name: string) => FieldRole;

const MOST_NAMES = 5000;

export function rememberedRoles(): Roles {
  const known = new Map<string, FieldRole>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= MOST_NAMES) known.clear();
    const role = roleOf(name);
    known.set(name, role);
    return role;
  };
}

/** Counts a record, and what its fields measure, into the bucket of its time. */
export function fillBucket(bucket: Bucket, record: Gathered, standing: Standing, at: Place): void {
  countRecord(bucket, record.level, standing);
  const { fields } = record;
  if (fields === null) return;
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'number') addNumber(bucket, name, value, at);
    else if (typeof value === 'object' && isFields(value)) addNested(bucket, name, value, at);
  }
}

/** `res: {statusCode}`, as pino-http writes it; no deeper. */
function addNested(
  bucket: Bucket,
  outer: string,
  fields: Readonly<Record<string, unknown>>,
  at: Place,
): void {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'number') addNumber(bucket, `${outer}.${name}`, value, at);
  }
}

function addNumber(bucket: Bucket, name: string, value: number, at: Place): void {
  const role = at.roles(name);
  if (role === 'none' || !Number.isFinite(value)) return;
  if (role === 'status') addStatus(bucket, value, at);
  else addMeasure(bucket, name, value, at);
}

function countRecord(bucket: Bucket, level: Level | null, standing: Standing): void {
  const { template, fingerprint, explained } = standing;
  bucket.records += 1;
  const error = level === 'error' || level === 'fatal';
  if (explained) {
    if (error || template === -1) bucket.explained += 1;
    return;
  }
  if (error) bucket.errors += 1;
  else if (level === 'warn') bucket.warnings += 1;
  if (template !== -1) bucket.messages.set(template, (bucket.messages.get(template) ?? 0) + 1);
  else if (fingerprint !== null) bucket.faults.set(fingerprint, (bucket.faults.get(fingerprint) ?? 0) + 1);
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

const MOST_METRICS = 60;

function addMeasure(bucket: Bucket, name: string, value: number, at: Place): void {
  let measures = bucket.measures.get(name);
  if (measures === undefined) {
    if (bucket.measures.size >= MOST_METRICS) return;
    measures = new Map();
    bucket.measures.set(name, measures);
  }
  for (const dimension of at.dimension === null ? ALL : [ALL[0], at.dimension]) {
    let into = measures.get(dimension);
    if (into === undefined) {
      into = accumulator();
      measures.set(dimension, into);
    }
    accumulate(into, value, at.message);
  }
}

/** All values of a dimension together. */
const ALL = [''] as const;
