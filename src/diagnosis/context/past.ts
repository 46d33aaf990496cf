import type { Anomaly } from '../../domain/anomaly.ts';
import { shortId } from '../../domain/ids.ts';
import { maskText } from '../../domain/mask.ts';
import { causesFirst, type Frame, innermost, type StackTrace } from '../../domain/trace.ts';
import type { Became } from '../../ports/store.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

const MOST = 3;
/** Less alike than this is another fault. */
const LEAST_ALIKE = 0.5;

interface Similar {
  readonly other: Anomaly;
  /** (0,1]. */
  readonly alike: number;
  readonly because: string;
}

/** Earlier anomalies that resemble this one, with what their cause was and what became of them. */
export async function pastItems(
  anomaly: Anomaly,
  others: readonly Anomaly[],
  became: Surroundings['became'],
): Promise<readonly Candidate[]> {
  const similar = others
    .filter(({ firstSeen }) => firstSeen <= anomaly.firstSeen)
    .flatMap((other) => similarity(anomaly, other))
    .toSorted((a, b) => b.alike - a.alike || b.other.firstSeen - a.other.firstSeen)
    .slice(0, MOST);
  const told = await Promise.all(similar.map(async (one) => ({ one, since: await became(one.other.id) })));
  return numbered(
    'H',
    told.map(({ one: { other, alike, because }, since }, i) => ({
      kind: 'past',
      title: `${shortId(other.id)} ${timeText(other.firstSeen)}, ${because}: ${other.title}`,
      time: other.firstSeen,
      text: whatBecame(other, since),
      weight: (alike === 1 ? WORTH.pastSame : WORTH.pastSimilar) * NEXT ** i,
    })),
  );
}

interface Likeness {
  readonly alike: number;
  readonly because: string;
}

/** How alike two anomalies are, by the most telling thing that they share; empty for what is another fault. */
function similarity(one: Anomaly, other: Anomaly): readonly Similar[] {
  if (one.fingerprint === other.fingerprint) return [{ other, alike: 1, because: 'the same fault' }];
  const [here, there] = [one.sample.trace, other.sample.trace];
  const likeness = here !== null && there !== null ? likeError(here, there) : likeSignal(one, other);
  return likeness === null ? [] : [{ other, ...likeness }];
}

function likeError(one: StackTrace, other: StackTrace): Likeness | null {
  const [here, there] = [appFrame(one), appFrame(other)];
  const [inner, outer] = [innermost(one), innermost(other)];
  const isSameType = inner.errorType === outer.errorType;
  if (isSameFrame(here, there)) return { alike: isSameType ? 0.9 : 0.6, because: 'thrown at the same place' };
  if (!isSameType) return null;
  if (maskText(inner.message) === maskText(outer.message)) {
    return { alike: 0.7, because: 'the same error elsewhere' };
  }
  return here !== null && here.file === there?.file
    ? { alike: LEAST_ALIKE, because: 'the same class of error in the same file' }
    : null;
}

function likeSignal(one: Anomaly, other: Anomaly): Likeness | null {
  if (one.sample.template !== null && one.sample.template === other.sample.template) {
    return { alike: 0.8, because: 'the same message' };
  }
  return one.metricName !== null && bare(one.metricName) === bare(other.metricName ?? '')
    ? { alike: 0.7, because: 'the same metric' }
    : null;
}

function appFrame(trace: StackTrace): Frame | null {
  const frames = causesFirst(trace).flatMap((link) => link.frames);
  return frames.find(({ inApp }) => inApp) ?? null;
}

function isSameFrame(one: Frame | null, other: Frame | null): boolean {
  if (one === null || other === null || one.file !== other.file) return false;
  return one.symbol === null ? one.line === other.line : one.symbol === other.symbol;
}

/** The metric without its labels. */
function bare(metric: string): string {
  return metric.replace(/\{.*$/, '');
}

function whatBecame(other: Anomaly, { diagnosis, fix, pull }: Became): string {
  return [
    standing(other),
    ...(diagnosis === null ? [] : [`Cause (${diagnosis.sure}): ${diagnosis.rootCause}`]),
    ...(fix === null
      ? []
      : [
          `Fix ${fix.branch}: ${fix.outcome.end}; changed ${fix.files.map(({ path }) => path).join(', ') || 'nothing'}`,
        ]),
    ...(pull === null ? [] : [`Pull request #${pull.githubPrNumber ?? '?'} (${pull.status}): ${pull.title}`]),
  ].join('\n');
}

function standing(other: Anomaly): string {
  const seen = `Seen ${other.occurrences} times, last ${timeText(other.lastSeen)}`;
  switch (other.status) {
    case 'resolved':
      return `${seen}; resolved ${timeText(other.at)}`;
    case 'false_positive':
      return `${seen}; a person called it no anomaly ${timeText(other.at)}`;
    case 'failed':
      return `${seen}; ${other.stage} failed: ${other.reason}`;
    case 'detected':
    case 'diagnosing':
    case 'diagnosed':
    case 'fixing':
    case 'fix_ready':
    case 'pr_created':
      return `${seen}; ${other.status.replaceAll('_', ' ')}`;
  }
}
