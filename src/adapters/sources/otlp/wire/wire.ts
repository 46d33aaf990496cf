import { z } from 'zod';
import { attributesOf, valueOf } from './value.ts';

// One form for both encodings: numbers are text in the JSON of the specification and after protobuf, numbers in that of the
// JavaScript exporters; ids are hex in JSON and bytes in protobuf; what equals its default may be absent or null.

/** The elements; none for an absent list. */
function list<T extends z.ZodType>(of: T) {
  return z
    .array(of)
    .nullish()
    .transform((some) => some ?? []);
}

// One check each, and no unions: these stand some thirty times in a data point, and a union's failed branch is dear.

/** int64 and fixed64 as a double: times keep their microsecond, counts are exact up to 2^53. */
const whole = z
  .custom<number | string | null>((value) => value === null || isWhole(value))
  .optional()
  .transform((value) => Number(value ?? 0));
/** NaN and the infinities are text in JSON. */
const double = z
  .custom<number | string>((value) => typeof value === 'number' || isDecimal(value))
  .transform(Number);
const optionalNumber = double.nullish().transform((value) => value ?? null);

function isWhole(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,20}$/.test(value));
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'string' && /^(?:NaN|-?Infinity|[-+.\deE]{1,40})$/.test(value);
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const code = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0);
const id = z
  .custom<string | Uint8Array | null>(
    (value) => value === null || typeof value === 'string' || value instanceof Uint8Array,
  )
  .optional()
  .transform((value) => hexOf(value ?? ''));
const attributes = z
  .array(z.unknown())
  .nullish()
  .transform((some) => attributesOf(some));

/** Null for none: an id of zeros is none. */
function hexOf(value: string | Uint8Array): string | null {
  const hex = typeof value === 'string' ? value.toLowerCase() : Buffer.from(value).toString('hex');
  return /^[\da-f]{16,32}$/.test(hex) && !/^0+$/.test(hex) ? hex : null;
}

const resource = z
  .object({ attributes })
  .nullish()
  .transform((given) => given ?? { attributes: {} });
const scope = z
  .object({ name: text })
  .nullish()
  .transform((given) => given ?? { name: '' });

const logRecord = z.object({
  timeUnixNano: whole,
  observedTimeUnixNano: whole,
  severityNumber: code,
  severityText: text,
  body: z
    .unknown()
    .optional()
    .transform((body) => valueOf(body)),
  attributes,
  traceId: id,
  spanId: id,
  eventName: text,
});
export const logsRequest = z.object({
  resourceLogs: list(z.object({ resource, scopeLogs: list(z.object({ logRecords: list(logRecord) })) })),
});

const spanEvent = z.object({ timeUnixNano: whole, name: text, attributes });
const span = z.object({
  traceId: id,
  spanId: id,
  name: text,
  kind: code,
  startTimeUnixNano: whole,
  endTimeUnixNano: whole,
  attributes,
  events: list(spanEvent),
  status: z
    .object({ code, message: text })
    .nullish()
    .transform((status) => status ?? { code: 0, message: '' }),
});
export const tracesRequest = z.object({
  resourceSpans: list(z.object({ resource, scopeSpans: list(z.object({ spans: list(span) })) })),
});

const anyPoint = { attributes, startTimeUnixNano: whole, timeUnixNano: whole, flags: code };
const numberPoint = z.object({ ...anyPoint, asDouble: optionalNumber, asInt: optionalNumber });
const distribution = {
  ...anyPoint,
  count: whole,
  sum: optionalNumber,
  min: optionalNumber,
  max: optionalNumber,
};
const histogramPoint = z.object({
  ...distribution,
  bucketCounts: list(whole),
  explicitBounds: list(double),
});
const buckets = z
  .object({ offset: code, bucketCounts: list(whole) })
  .nullish()
  .transform((given) => given ?? { offset: 0, bucketCounts: [] });
const exponentialPoint = z.object({
  ...distribution,
  scale: code,
  zeroCount: whole,
  zeroThreshold: optionalNumber,
  positive: buckets,
  negative: buckets,
});
const summaryPoint = z.object({
  ...anyPoint,
  count: whole,
  sum: optionalNumber,
  quantileValues: list(z.object({ quantile: optionalNumber, value: optionalNumber })),
});
const aggregated = { aggregationTemporality: code };
const metric = z.object({
  name: text,
  gauge: z.object({ dataPoints: list(numberPoint) }).nullish(),
  sum: z
    .object({ ...aggregated, isMonotonic: z.boolean().nullish(), dataPoints: list(numberPoint) })
    .nullish(),
  histogram: z.object({ ...aggregated, dataPoints: list(histogramPoint) }).nullish(),
  exponentialHistogram: z.object({ ...aggregated, dataPoints: list(exponentialPoint) }).nullish(),
  summary: z.object({ dataPoints: list(summaryPoint) }).nullish(),
});
export const metricsRequest = z.object({
  resourceMetrics: list(
    z.object({ resource, scopeMetrics: list(z.object({ scope, metrics: list(metric) })) }),
  ),
});

export type LogsRequest = z.output<typeof logsRequest>;
export type TracesRequest = z.output<typeof tracesRequest>;
export type MetricsRequest = z.output<typeof metricsRequest>;
export type WireLog = z.output<typeof logRecord>;
export type WireSpan = z.output<typeof span>;
export type WireSpanEvent = z.output<typeof spanEvent>;
export type WireMetric = z.output<typeof metric>;
export type NumberPoint = z.output<typeof numberPoint>;
export type HistogramPoint = z.output<typeof histogramPoint>;
export type ExponentialPoint = z.output<typeof exponentialPoint>;
export type SummaryPoint = z.output<typeof summaryPoint>;
