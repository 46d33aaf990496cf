import { z } from 'zod';
import type { Labels, Level } from './event.ts';
import type { Redacted } from './redact.ts';

/** A stored log record or error, as it is read back. */
export interface KeptRecord {
  readonly id: string;
  readonly source: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly level: Level | null;
  readonly message: Redacted;
  /** Class and message of the error that it carries. */
  readonly error: Redacted | null;
  /** As it was read. */
  readonly text: Redacted;
  readonly labels: Labels;
}

const saidSchema = z.object({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).nullable().catch(null),
  message: z.string(),
  error: z.string().nullable().catch(null),
  text: z.string().catch(''),
  labels: z.record(z.string(), z.string()).catch({}),
});

/**
 * Reads the JSON of a stored log record or error. A long one is cut in its middle: then its text is all that is known. It has
 * passed the door before it was stored, and so has each part of it.
 */
export function keptRecord(
  { id, source, timestamp }: Pick<KeptRecord, 'id' | 'source' | 'timestamp'>,
  json: Redacted,
): KeptRecord {
  const place = { id, source, timestamp };
  const said = saidSchema.safeParse(jsonOf(json));
  if (!said.success) return { ...place, level: null, message: json, error: null, text: json, labels: {} };
  const { level, message, error, text, labels } = said.data;
  const part = (one: string): Redacted => one as Redacted;
  return {
    ...place,
    level,
    message: part(message),
    error: error === null ? null : part(error),
    text: part(text),
    labels,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // it was cut
  }
}
