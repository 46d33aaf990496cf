import { hash } from 'node:crypto';
import type { Labels, MetricRecord } from '../../../../domain/event.ts';
import { resourceLabels, seriesLabels } from '../labels.ts';
import { type Rejects, rejects, timeOf, type Understood } from '../wire/understood.ts';
import type { Fields } from '../wire/value.ts';
import type { MetricsRequest, WireMetric } from '../wire/wire.ts';
import { pointsOf } from './points.ts';
import type { Known, Reading } from './reading.ts';
import { type Recent, recent, type Turn } from './recent.ts';

/** Reads metrics as points of rates, means and quantiles; it remembers the last point of each series for that. */
export interface MetricReader {
  /** `now` (epoch ms) is the time of points that carry none. The memory is as it was until `keep` is called. */
  read(request: MetricsRequest, now: number): UnderstoodMetrics;
}

export interface UnderstoodMetrics extends Understood {
  /** To be called once the records are kept; a request that is sent again because they were not is read anew. */
  keep(): void;
}

const MOST_SERIES = 50_000;
const MOST_RESOURCES = 1_000;
const LONGEST_NAME = 200;

/** Times of exports by one resource, in nanoseconds; 0 for none. */
interface Exports {
  readonly last: number;
  readonly before: number;
}

interface Turns {
  readonly series: Turn<Known>;
  readonly exports: Turn<Exports>;
  readonly unusable: Rejects;
  readonly records: MetricRecord[];
  readonly now: number;
}

export function metricReader(): MetricReader {
  const series: Recent<Known> = recent(MOST_SERIES);
  const exports: Recent<Exports> = recent(MOST_RESOURCES);
  return {
    read({ resourceMetrics }, now) {
      const turns: Turns = {
        series: series.begin(),
        exports: exports.begin(),
        unusable: rejects(),
        records: [],
        now,
      };
      for (const { resource, scopeMetrics } of resourceMetrics) {
        const of = { labels: resourceLabels(resource.attributes), key: keyOf(resource.attributes) };
        for (const { scope, metrics } of scopeMetrics) {
          for (const metric of metrics) readMetric(metric, { ...of, scope: scope.name }, turns);
        }
      }
      const { records, unusable } = turns;
      return {
        records,
        rejected: unusable.count(),
        reason: unusable.reason(),
        keep() {
          turns.series.keep();
          turns.exports.keep();
        },
      };
    },
  };
}

interface Origin {
  readonly labels: Labels;
  readonly key: string;
  readonly scope: string;
}

function readMetric(metric: WireMetric, origin: Origin, turns: Turns): void {
  const { unusable } = turns;
  const name = metric.name.slice(0, LONGEST_NAME);
  if (name === '') return unusable.add('a metric has no name');
  const readings = pointsOf(metric);
  if (readings === null) return unusable.add('a metric is of an unknown type');
  for (const reading of readings) {
    const { point, problem } = reading;
    // A point that says that there is none: the series has ended.
    if ((point.flags & 1) === 1) continue;
    if (problem !== null) unusable.add(problem);
    else if (point.timeUnixNano <= 0) unusable.add('a data point has no time');
    else readPoint(reading, { name, origin, turns });
  }
}

interface Where {
  readonly name: string;
  readonly origin: Origin;
  readonly turns: Turns;
}

function readPoint({ point, shape, read }: Reading, { name, origin, turns }: Where): void {
  const key = hash(
    'sha1',
    [origin.key, origin.scope, name, keyOf(point.attributes), shape].join('\n'),
    'base64url',
  );
  const before = turns.series.get(key);
  const made = read(before, exportedBefore(origin.key, point.timeUnixNano, turns.exports));
  if (made.known !== null && isLater(made.known, before)) turns.series.set(key, made.known);
  const metadata = seriesLabels(origin.labels, point.attributes);
  const timestamp = timeOf([point.timeUnixNano], turns.now);
  for (const [suffix, value] of made.values) {
    if (!Number.isFinite(value)) continue;
    turns.records.push({
      type: 'metric',
      timestamp,
      metadata,
      data: { metricName: `${name}${suffix}`, value },
    });
  }
}

function isLater({ totals }: Known, before: Known | null): boolean {
  return before === null || totals.time > before.totals.time;
}

/** When the resource has exported before `time`; 0 for never. */
function exportedBefore(key: string, time: number, exports: Turn<Exports>): number {
  const known = exports.get(key) ?? { last: 0, before: 0 };
  if (time > known.last) exports.set(key, { last: time, before: known.last });
  return time >= known.last ? (time > known.last ? known.last : known.before) : 0;
}

/** The same for the same attributes, in whatever order they come. */
function keyOf(attributes: Fields): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
