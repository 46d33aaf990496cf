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

async function lead(anomaly: Anomaly, repository: Repository): Promise<Lead> {
  const { trace, template, labels } = anomaly.sample;
  if (trace !== null) {
    const spots = fromTrace(trace, await repository.files());
    if (spots.length > 0) return { by: 'trace', spots };
  }
  if (anomaly.kind === 'metric') {
    const route = Object.values(labels).find((value) => value.startsWith('/'));
    const spots = route === undefined ? [] : await fromRoute(route, repository, lastChangeIn(repository));
    if (spots.length > 0) return { by: 'route', spots };
  }
  const text = template ?? trace?.message ?? null;
  if (text !== null) {
    const spots = await fromTemplate(text, repository);
    if (spots.length > 0) return { by: 'message', spots };
  }
  if (anomaly.metricName !== null) {
    const spots = await fromTemplate(bareName(anomaly.metricName), repository);
    if (spots.length > 0) return { by: 'metric', spots };
  }
  return { by: 'nothing', spots: [] };
}

function lastChangeIn(repository: Repository) {
  return async ({ file, from, to }: { readonly file: string; readonly from: number; readonly to: number }) =>
    (await repository.lineLog(file, [from, to], 1))[0]?.date ?? null;
}

/** `duration_ms.p95{path=/x}` is registered as `duration_ms`. */
function bareName(metric: string): string {
  return metric.replace(/\{.*$/, '').replace(/[.:](?:mean|p\d+|count|rate|max|min)$/, '');
}
