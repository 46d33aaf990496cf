import { redact } from '../../domain/redact.ts';
import type { Accumulator } from './accumulate.ts';
import type { Bucket, Statuses } from './open-bucket.ts';
import { Tally } from './tally.ts';

/** A bucket as JSON holds it; its examples are redacted. */
export interface SavedBucket extends Omit<Bucket, 'messages' | 'faults' | 'measures' | 'statuses'> {
  readonly messages: readonly (readonly [number, number])[];
  readonly faults: readonly (readonly [string, number])[];
  readonly measures: readonly (readonly [string, readonly (readonly [string, Accumulator])[]])[];
  readonly statuses: readonly (readonly [string, Statuses])[];
}

const LONGEST_EXAMPLE = 1000;

export function saveBucket(bucket: Bucket): SavedBucket {
  return {
    ...bucket,
    messages: bucket.messages.entries(),
    faults: [...bucket.faults],
    measures: [...bucket.measures].map(([metric, values]) => [
      metric,
      [...values].map(([value, one]) => [value, { ...one, example: exampleOf(one.example) }] as const),
    ]),
    statuses: [...bucket.statuses].map(([value, one]) => [
      value,
      { ...one, example: exampleOf(one.example) },
    ]),
  };
}

function exampleOf(text: string): string {
  return redact(text.slice(0, LONGEST_EXAMPLE));
}

export function restoreBucket(saved: SavedBucket): Bucket {
  const messages = new Tally();
  for (const [template, count] of saved.messages) messages.add(template, count);
  return {
    ...saved,
    messages,
    faults: new Map(saved.faults),
    measures: new Map(saved.measures.map(([metric, values]) => [metric, new Map(values)])),
    statuses: new Map(saved.statuses),
  };
}
