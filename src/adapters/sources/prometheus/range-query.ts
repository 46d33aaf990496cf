import { z } from 'zod';
import type { Labels, MetricRecord } from '../../../domain/event.ts';
import type { Answer, Get } from './get.ts';
import { numberOf } from './scan.ts';

export interface RangeQuery {
  readonly name: string;
  readonly promql: string;
}

/** Both ends belong to it; epoch seconds, whole steps apart. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export type Ranged =
  | { readonly ok: true; readonly points: readonly MetricRecord[] }
  /** `passing`: the server is away or busy; asked again the same question may be answered. */
  | { readonly ok: false; readonly passing: boolean; readonly why: string };

/** What the server answers: https://prometheus.io/docs/prometheus/latest/querying/api/ */
const answerSchema = z.union([
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          /** Absent where all values are native histograms. */
          values: z.array(z.tuple([z.number(), z.string()])).default([]),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** Puts one query to a server for one window. Points are in time order, those of one time by their labels. */
export async function askRange(
  { name, promql }: RangeQuery,
  window: Window,
  server: { readonly url: string; readonly get: Get; readonly signal: AbortSignal },
): Promise<Ranged> {
  const url = new URL(`${server.url.replace(/\/$/, '')}/api/v1/query_range`);
  url.search = new URLSearchParams({
    query: promql,
    start: String(window.start),
    end: String(window.end),
    step: String(window.step),
  }).toString();
  return rangedOf(name, await server.get(url.href, { accept: 'application/json', signal: server.signal }));
}

function rangedOf(name: string, answer: Answer): Ranged {
  if (!answer.ok) return { ok: false, passing: true, why: answer.why };
  const parsed = parsedOf(answer.body);
  // Only what the server itself finds wrong with the question stays wrong.
  const passing = parsed?.status !== 'error' || answer.status >= 500 || answer.status === 429;
  if (parsed?.status === 'success' && answer.status === 200) {
    return { ok: true, points: pointsOf(name, parsed.data.result) };
  }
  const said = parsed?.status === 'error' ? `: ${parsed.errorType}: ${parsed.error}` : '';
  return { ok: false, passing, why: `${name}: answers ${answer.status}${said || ', no result of a query'}` };
}

function parsedOf(body: string): z.output<typeof answerSchema> | null {
  try {
    return answerSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

interface Series {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

function pointsOf(metricName: string, result: readonly Series[]): readonly MetricRecord[] {
  const series = result
    .map(({ metric, values }) => ({ metadata: metadataOf(metric), values }))
    .map((one) => ({ ...one, key: keyOf(one.metadata) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const points = series.flatMap(({ metadata, values }) =>
    values.flatMap(([seconds, text]): readonly MetricRecord[] => {
      const value = numberOf(text);
      if (value === null || !Number.isFinite(value)) return [];
      return [{ type: 'metric', timestamp: seconds * 1000, metadata, data: { metricName, value } }];
    }),
  );
  // Stable: of one time they stay in the order of their labels.
  return points.sort((a, b) => a.timestamp - b.timestamp);
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The query has a name of its own; that of a plain selector's metric says nothing more. */
function metadataOf(metric: Labels): Labels {
  return Object.fromEntries(Object.entries(metric).filter(([label]) => label !== '__name__'));
}
