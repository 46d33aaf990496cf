import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { innermost } from '../../domain/trace.ts';
import type { Repository } from '../../ports/repository.ts';
import type { Syntax } from '../../ports/syntax.ts';
import { withCalled } from './around.ts';
import { rankByWords } from './bm25.ts';
import { type Code, enclosingScope, readCode } from './code.ts';
import { suspectCommits } from './commits.ts';
import { fromMetric } from './from-metric.ts';
import { fromRoute } from './from-route.ts';
import { fromSimilar, fromTemplate } from './from-template.ts';
import { fromTrace } from './from-trace.ts';
import { fromWords, wordsAt, wordsOfAnomaly } from './from-words.ts';
import { recentlyChanged } from './recent.ts';
import { type Spot, showSpots } from './spot.ts';
import { MESSAGE } from './weights.ts';

/** What the code says about an anomaly, without any model. */
export interface Located {
  readonly suspects: readonly CodeLocation[];
  readonly commits: readonly SuspectCommit[];
  /** What led there. */
  readonly by: Trail;
  /** The place that the evidence itself names: where it was thrown, printed, routed or counted. */
  readonly origin: CodeLocation | null;
  /** The first suspect is surely the line that threw. */
  readonly exact: boolean;
}

export type Trail = 'trace' | 'route' | 'message' | 'metric' | 'words' | 'nothing';

const MOST_SUSPECTS = 5;

/**
 * Ranked places and commits. A trace tells most, then the route of a metric, then the statement that printed a message;
 * functions that share its words are the last resort. What these places call is suspected too, most of all what changed last.
 */
export async function locate(
  anomaly: Anomaly,
  repository: Repository,
  syntax: Syntax | null,
): Promise<Located> {
  const code = await readCode(repository, syntax);
  const { by, spots, exact } = await lead(anomaly, code);
  const recent = await recentlyChanged(code, anomaly.firstSeen);
  const all = by === 'route' ? spots : await withCalled(spots, recent, code, thrownMessage(anomaly, by));
  const [origin = null] = await showSpots(spots, code, 1);
  const suspects = withOrigin(await showSpots(all, code, MOST_SUSPECTS), origin);
  const [first] = suspects;
  const isOrigin = origin !== null && first !== undefined && isSamePlace(first, origin);
  const commits = await suspectCommits(suspects, recent, code, { by, at: anomaly.lastSeen });
  return { by, exact: exact && isOrigin, origin, suspects, commits };
}

export function isSamePlace(one: CodeLocation, other: CodeLocation): boolean {
  return one.file === other.file && one.line === other.line;
}

/** Whatever is suspected more, the place that the evidence names is among what is shown. */
function withOrigin(suspects: readonly CodeLocation[], origin: CodeLocation | null): readonly CodeLocation[] {
  const isShown = origin === null || suspects.some((one) => isSamePlace(one, origin));
  if (isShown || suspects.length < MOST_SUSPECTS) return suspects;
  const last = suspects.at(-1);
  return [...suspects.slice(0, -1), { ...origin, score: last?.score ?? 0 }];
}

interface Lead {
  readonly by: Trail;
  readonly spots: readonly Spot[];
  readonly exact: boolean;
}

/** The first trail that leads anywhere. */
async function lead(anomaly: Anomaly, code: Code): Promise<Lead> {
  for (const trail of [byTrace, byRoute, byMessage, byMetric, byWords]) {
    const found = await trail(anomaly, code);
    if (found !== null && found.spots.length > 0) return found;
  }
  return { by: 'nothing', spots: [], exact: false };
}

async function byTrace({ sample }: Anomaly, code: Code): Promise<Lead | null> {
  if (sample.trace === null) return null;
  const { spots, exact } = await fromTrace(sample.trace, code);
  return { by: 'trace', spots, exact };
}

async function byRoute(anomaly: Anomaly, code: Code): Promise<Lead | null> {
  const route = anomaly.kind === 'metric' ? routeOf(anomaly) : null;
  if (route === null) return null;
  return { by: 'route', spots: await fromRoute(route, code), exact: false };
}

/** The statement that printed it; beside it the work of the route that the line names, as it may have failed there. */
async function byMessage(anomaly: Anomaly, code: Code): Promise<Lead | null> {
  const text = messageOf(anomaly);
  if (text === null) return null;
  const printed = await fromTemplate(text, code);
  if (!printed.some(({ score }) => score >= MESSAGE.least)) return null;
  const route = routeOf(anomaly);
  const work = route === null ? [] : await fromRoute(route, code);
  const statements = tiesBroken(printed, anomaly, code);
  return { by: 'message', spots: [...statements, ...work], exact: false };
}

function messageOf({ sample }: Anomaly): string | null {
  return sample.template ?? sample.trace?.message ?? null;
}

/** What the error says that was thrown at the first place of a trace; null where no trace leads anywhere. */
function thrownMessage({ sample }: Anomaly, by: Trail): string | null {
  return by === 'trace' && sample.trace !== null ? innermost(sample.trace).message : null;
}

/** Of statements that fit equally well, the one among words that the anomaly speaks of comes first. */
function tiesBroken(spots: readonly Spot[], anomaly: Anomaly, code: Code): readonly Spot[] {
  const documents = spots.map((of) => {
    const scope = enclosingScope(code, of.file, of.line);
    return { of, words: scope === null ? [] : wordsAt(of.file, scope) };
  });
  const hits = rankByWords(wordsOfAnomaly(anomaly), documents);
  const best = hits[0]?.score ?? 1;
  const more = new Map(hits.map(({ of, score }) => [of, score / best]));
  return spots.map((spot) => ({ ...spot, score: spot.score * (1 + MESSAGE.tie * (more.get(spot) ?? 0)) }));
}

async function byMetric({ metricName }: Anomaly, code: Code): Promise<Lead | null> {
  if (metricName === null) return null;
  return { by: 'metric', spots: await fromMetric(bareMetric(metricName), code), exact: false };
}

async function byWords(anomaly: Anomaly, code: Code): Promise<Lead | null> {
  const text = messageOf(anomaly);
  const similar = text === null ? [] : fromSimilar(text, code);
  return { by: 'words', spots: [...similar, ...(await fromWords(anomaly, code))], exact: false };
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
function bareMetric(metric: string): string {
  return metric.replace(/\{.*$/, '').replace(/[.:](?:mean|p\d+|count|rate|max|min)$/, '');
}
