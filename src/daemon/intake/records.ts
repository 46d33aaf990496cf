import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';
import type { EventRecord, Level } from '../../domain/event.ts';
import { levelOf } from '../../pipeline/formats/level.ts';
import { parseTrace } from '../../pipeline/traces/parse.ts';

/** One event as the contract lets it in. */
export interface EventIn {
  readonly timestamp?: string | undefined;
  readonly source: string;
  readonly type: 'metric' | 'log' | 'error';
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const metricData = z.object({ metric_name: z.string().min(1).max(200), value: z.number() });
const fields = z.record(z.string(), z.unknown()).nullable().default(null);
const level = z
  .string()
  .nullable()
  .default(null)
  .transform((word): Level | null => (word === null ? null : levelOf(word)));
const logData = z.object({ message: z.string(), level, fields });
const errorData = z.object({ message: z.string(), stack: z.string(), level, fields });

/**
 * The event as the pipeline takes it; `index` is its place in the request, `now` (epoch ms) the time of one without.
 * @throws VigilError `bad_request` naming the field.
 */
export function recordOf(event: EventIn, index: number, now: number): EventRecord {
  const timestamp = event.timestamp === undefined ? now : Date.parse(event.timestamp);
  const base = { timestamp, metadata: event.metadata };
  switch (event.type) {
    case 'metric': {
      const { metric_name: metricName, value } = parsed(metricData, event, index);
      return { ...base, type: 'metric', data: { metricName, value } };
    }
    case 'log':
      return { ...base, type: 'log', data: parsed(logData, event, index) };
    case 'error': {
      const { stack, ...data } = parsed(errorData, event, index);
      const trace = parseTrace(stack.split('\n'));
      if (trace === null) {
        const what = `the field \`events.${index}.data.stack\` is no stack trace that VigilAI knows`;
        throw new VigilError('bad_request', { what });
      }
      return { ...base, type: 'error', data: { ...data, trace } };
    }
  }
}

function parsed<T>(schema: z.ZodType<T>, event: EventIn, index: number): T {
  const result = schema.safeParse(event.data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = ['events', index, 'data', ...(issue?.path ?? [])].join('.');
  throw new VigilError('bad_request', {
    what: `the field \`${field}\`: ${issue?.message ?? 'not as expected'}`,
  });
}
