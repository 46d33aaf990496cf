import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import type { Repository } from '../../ports/repository.ts';
import { suspectCommits } from './commits.ts';
import { fromRoute } from './from-route.ts';
import { fromTemplate } from './from-template.ts';
import { fromTrace } from './from-trace.ts';
import { type Spot, showSpots } from './spot.ts';

/** What the code says about an anomaly, without any model. */
export interface Located {
  readonly suspects: readonly CodeLocation[];
  readonly commits: readonly SuspectCommit[];
  /** What led there. */
  readonly by: 'trace' | 'route' | 'message' | 'metric' | 'nothing';
}

const MOST_SUSPECTS = 5;

/** Ranked places and commits. A trace tells most, then the route of a metric, then the statement that printed a message. */
export async function locate(anomaly: Anomaly, repository: Repository): Promise<Located> {
  const { by, spots } = await lead(anomaly, repository);
  const suspects = await showSpots(spots, repository, MOST_SUSPECTS);
  return { by, suspects, commits: await suspectCommits(suspects, repository) };
}

interface Lead {
  readonly by: Located['by'];
  readonly spots: readonly Spot[];
}

/** The first trail that leads anywhere. */
async function lead(anomaly: Anomaly, repository: Repository): Promise<Lead> {
  for (const trail of [byTrace, byRoute, byMessage, byMetric]) {
    const found = await trail(anomaly, repository);
    if (found.spots.length > 0) return found;
  }
  return { by: 'nothing', spots: [] };
}

async function byTrace({ sample }: Anomaly, repository: Repository): Promise<Lead> {
  const { trace } = sample;
  return { by: 'trace', spots: trace === null ? [] : fromTrace(trace, await repository.files()) };
}

async function byRoute({ kind, sample }: Anomaly, repository: Repository): Promise<Lead> {
  const route = Object.values(sample.labels).find((value) => value.startsWith('/'));
  if (kind !== 'metric' || route === undefined) return { by: 'route', spots: [] };
  return { by: 'route', spots: await fromRoute(route, repository, lastChangeIn(repository)) };
}

async function byMessage({ sample }: Anomaly, repository: Repository): Promise<Lead> {
  const text = sample.template ?? sample.trace?.message ?? null;
  return { by: 'message', spots: text === null ? [] : await fromTemplate(text, repository) };
}

async function byMetric({ metricName }: Anomaly, repository: Repository): Promise<Lead> {
  return {
    by: 'metric',
    spots: metricName === null ? [] : await fromTemplate(bareName(metricName), repository),
  };
}

function lastChangeIn(repository: Repository) {
  return async ({ file, from, to }: { readonly file: string; readonly from: number; readonly to: number }) =>
    (await repository.lineLog(file, [from, to], 1))[0]?.date ?? null;
}

/** `duration_ms.p95{path=/x}` is registered as `duration_ms`. */
function bareName(metric: string): string {
  return metric.replace(/\{.*$/, '').replace(/[.:](?:mean|p\d+|count|rate|max|min)$/, '');
}
