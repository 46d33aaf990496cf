import type { Clock } from '../../../ports/clock.ts';
import type { Secrets } from '../../../ports/secrets.ts';
import type { Source } from '../../../ports/source.ts';
import { type Polled, polled } from '../poll.ts';
import { getWith } from './get.ts';
import type { PrometheusOptions } from './options.ts';
import { rangeSource } from './range-source.ts';
import { target } from './scrape.ts';
import { selectionOf } from './select.ts';

export interface PrometheusPorts {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

/** Metrics of Prometheus: pages of `targets` that are scraped at a beat, or `queries` that a server answers. */
export function prometheusSource(options: PrometheusOptions, { clock, secrets }: PrometheusPorts): Source {
  const get = getWith(options, secrets);
  const { server } = options;
  if (server !== null && options.queries.length > 0)
    return rangeSource({ ...options, server }, { get, clock });
  const selected = selectionOf(options);
  const targets = options.targets.map((url) => target(url, { get, clock, selected }));
  return polled(options.name, {
    intervalMs: options.intervalSeconds * 1000,
    clock,
    poll: async (signal, now) => scraped(await Promise.all(targets.map((scrape) => scrape(now, signal)))),
  });
}

function scraped(
  all: readonly { readonly points: Polled['records']; readonly problem: string | null }[],
): Polled {
  const problems = all.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return {
    records: all.flatMap(({ points }) => points),
    problem: problems.length === 0 ? null : problems.join('; '),
  };
}
