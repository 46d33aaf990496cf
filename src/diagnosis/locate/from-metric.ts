import type { Code } from './code.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { ASIDE, METRIC } from './weights.ts';

const MOST_LINES = 50;

/**
 * Where a metric is registered: `orders_refused_total` also where the source says `orders.refused` (exporters change dots
 * and add units and suffixes). Where it is no registered metric (a field of a log line), the lines that name it.
 */
export async function fromMetric(metric: string, { index, repository }: Code): Promise<readonly Spot[]> {
  const wanted = exported(metric);
  const registered = [...index.outlines].flatMap(([file, { metrics }]) =>
    metrics.flatMap(({ name, line }) => {
      const score = scoreOf(exported(name), wanted) * (isAside(file) ? ASIDE : 1);
      return score === 0 ? [] : [{ file, line, symbol: null, score, why: 'registers this metric' }];
    }),
  );
  if (registered.length > 0) return registered;
  const matches = await repository.grep(metric, MOST_LINES);
  return matches.map(({ file, line }) => ({
    file,
    line,
    symbol: null,
    score: METRIC.line * (isAside(file) ? ASIDE : 1),
    why: 'names this metric',
  }));
}

/** A name that is put together at run time is known by its beginning. */
function scoreOf(name: string, wanted: string): number {
  if (name === wanted) return METRIC.registered;
  return name.length >= 4 && wanted.startsWith(name) ? METRIC.begins : 0;
}

/** The name without what exporters change: separators, units, suffixes of counters and histograms. */
function exported(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/(?:_(?:total|bucket|count|sum|seconds|milliseconds|ms|bytes|max))+$/, '');
}
