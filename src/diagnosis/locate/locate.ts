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
  readonly by: Trail;
  /** The first suspect is surely the line that threw. */
  readonly exact: boolean;
}

export type Trail = 'trace' | 'route' | 'message' | 'metric' | 'nothing';

const MOST_SUSPECTS = 5;

/** Ranked places and commits. A trace tells most, then the route of a metric, then the statement that printed a message. */
export async function locate(anomaly: Anomaly, repository: Repository): Promise<Located> {
  const { by, spots, exact } = await lead(anomaly, repository);
  const suspects = await showSpots(spots, repository, MOST_SUSPECTS);
  const seen = { by, at: anomaly.lastSeen };
  return { by, exact, suspects, commits: await suspectCommits(suspects, repository, seen) };
}

interface Lead {
  readonly by: Trail;
  readonly spots: readonly Spot[];
  readonly exact: boolean;
}

/** The first trail that leads anywhere. */
async function lead(anomaly: Anomaly, repository: Repository): Promise<Lead> {
  for (const trail of [byTrace, byRoute, byMessage, byMetric]) {
    const found = await trail(anomaly, repository);
    if (found !== null && found.spots.length > 0) return found;
  }
  return { by: 'nothing', spots: [], exact: false };
}

async function byTrace({ sample }: Anomaly, repository: Repository): Promise<Lead | null> {
  if (sample.trace === null) return null;
  return { by: 'trace', ...(await fromTrace(sample.trace, repository)) };
}

async function byRoute(anomaly: Anomaly, repository: Repository): Promise<Lead | null> {
  const route = anomaly.kind === 'metric' ? routeOf(anomaly) : null;
  if (route === null) return null;
  return { by: 'route', spots: await fromRoute(route, repository), exact: false };
}

/** The statement that printed it; beside it the work of the route that the line names, as it may have failed there. */
async function byMessage(anomaly: Anomaly, repository: Repository): Promise<Lead | null> {
  const { sample } = anomaly;
  const text = sample.template ?? sample.trace?.message ?? null;
  if (text === null) return null;
  const printed = await fromTemplate(text, repository);
  if (!printed.some(({ score }) => score >= LEAST_WEIGHT)) return null;
  const route = routeOf(anomaly);
  const work = route === null ? [] : await fromRoute(route, repository);
  return { by: 'message', spots: [...printed, ...work], exact: false };
}

/** Words that stand everywhere, or only in tests and documents, lead nowhere. */
const LEAST_WEIGHT = 0.3;

async function byMetric({ metricName }: Anomaly, repository: Repository): Promise<Lead | null> {
  return metricName === null
    ? null
    : { by: 'metric', spots: await fromTemplate(bareName(metricName), repository), exact: false };
}

const ROUTE_LABELS = /^(?:http[._])?(?:route|path|endpoint|url|uri|handler|target)$/i;

/** `/reports` from `path=/reports`, `route=GET /reports`, or `url=/reports?x=1`, in the labels or the metric's name. */
function routeOf({ sample, metricName }: Anomaly): string | null {
  const named = [...(metricName ?? '').matchAll(/(\w+)="?([^",}]+)/g)].map(([, key = '', value = '']) => [
    key,
    value,
  ]);
  const routes = [...Object.entries(sample.labels), ...named]
    .toSorted(([a = ''], [b = '']) => Number(ROUTE_LABELS.test(b)) - Number(ROUTE_LABELS.test(a)))
    .map(([, value = '']) => value.replace(/^[A-Z]+ /, '').replace(/[?#].*$/, ''));
  return routes.find((value) => /^\/[\w{:<*-]/.test(value)) ?? null;
}

/** `duration_ms.p95{path=/x}` is registered as `duration_ms`. */
function bareName(metric: string): string {
  return metric.replace(/\{.*$/, '').replace(/[.:](?:mean|p\d+|count|rate|max|min)$/, '');
}
