import { z } from 'zod';

// One odd part of a payload must not cost the rest: SDKs of twenty languages differ in what they leave out.
const text = z.string().nullish().catch(null);
const whole = z.number().int().nonnegative().nullish().catch(null);
const time = z.union([z.number(), z.string()]).nullish().catch(null);

const frameSchema = z.object({
  abs_path: text,
  filename: text,
  module: text,
  function: text,
  lineno: whole,
  colno: whole,
  in_app: z.boolean().nullish().catch(null),
});

const exceptionSchema = z.object({
  type: text,
  value: text,
  module: text,
  stacktrace: z
    .object({ frames: z.array(frameSchema).nullish() })
    .nullish()
    .catch(null),
  mechanism: z.object({ exception_id: whole, parent_id: whole, source: text }).nullish().catch(null),
});

/** A list that is bare or in `values`, as both are allowed. */
const listOf = <T extends z.ZodType>(one: T) =>
  z
    .union([z.array(one), z.object({ values: z.array(one) }).transform(({ values }) => values)])
    .nullish()
    .catch(null);

const breadcrumbSchema = z.object({
  timestamp: time,
  category: text,
  level: text,
  message: text,
  type: text,
});

/** Tags as an object, or as pairs. */
const tagsSchema = z
  .union([
    z.record(z.string(), z.unknown()),
    z.array(z.tuple([z.string(), z.unknown()])).transform((pairs) => Object.fromEntries(pairs)),
  ])
  .nullish()
  .catch(null);

const logentrySchema = z
  .union([
    z.string().transform((message) => ({ message, formatted: null })),
    z.object({ message: text, formatted: text }),
  ])
  .nullish()
  .catch(null);

/** The `event` and `transaction` items, as far as we read them. Times are epoch seconds or ISO 8601. */
export const eventSchema = z.object({
  event_id: text,
  type: text,
  timestamp: time,
  start_timestamp: time,
  platform: text,
  level: text,
  logger: text,
  transaction: text,
  release: text,
  environment: text,
  server_name: text,
  message: logentrySchema,
  logentry: logentrySchema,
  exception: listOf(exceptionSchema),
  breadcrumbs: listOf(breadcrumbSchema),
  tags: tagsSchema,
  request: z.object({ url: text, method: text }).nullish().catch(null),
  contexts: z
    .object({ trace: z.object({ trace_id: text, op: text, status: text }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** `{"value": ..., "type": ...}` by name. */
const attributesSchema = z
  .record(z.string(), z.object({ value: z.unknown() }).catch({ value: null }))
  .nullish()
  .catch(null);

const logSchema = z.object({
  timestamp: time,
  level: text,
  body: text,
  trace_id: text,
  attributes: attributesSchema,
});

const spanSchema = z.object({
  name: text,
  trace_id: text,
  start_timestamp: time,
  end_timestamp: time,
  is_segment: z.boolean().nullish().catch(null),
  status: text,
  attributes: attributesSchema,
});

/** The `log` item and the streamed `span` item (span v2): many of a kind in one. */
export const logsSchema = z.object({ items: z.array(logSchema) });
export const spansSchema = z.object({ items: z.array(spanSchema) });

export type SentryEvent = z.output<typeof eventSchema>;
export type SentryException = z.output<typeof exceptionSchema>;
export type SentryFrame = z.output<typeof frameSchema>;
export type SentryLog = z.output<typeof logSchema>;
export type SentrySpan = z.output<typeof spanSchema>;
export type SentryAttributes = z.output<typeof attributesSchema>;
