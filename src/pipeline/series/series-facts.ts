import type { AnomalyFacts } from '../../domain/anomaly.ts';
import type { Evidence, Range } from '../../domain/detection.ts';
import { lengthText, numberText } from '../../domain/explain.ts';
import { eventId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import type { Occurrence } from '../episodes/episodes.ts';
import { opening, shorten, title } from '../episodes/facts.ts';
import type { Verdict } from '../gate.ts';
import type { Messages } from '../messages/noteworthy.ts';
import type { Judged } from './counts/judged.ts';
import { beginCourse } from './course.ts';
import type { FollowedSeries } from './followed.ts';
import { fingerprintOf, spokenOf } from './naming.ts';
import { type SeriesKind, seriesLabel } from './series.ts';

/** What is to be known to tell of a series. */
interface Known {
  readonly options: { readonly source: string; readonly bucketMs: number };
  readonly messages: Messages;
  readonly followed: FollowedSeries;
}

/** As the law of episodes wants it. */
export function seriesOccurrence({ options, messages, followed }: Known, judged: Judged): Occurrence {
  const { verdict, time, series, value } = judged;
  const { source, bucketMs } = options;
  const fingerprint = fingerprintOf(source, series.name);
  const facts = (confidence: number) => {
    const told = { ...judged, verdict: { ...verdict, confidence } };
    const template = spokenOf(source, messages, series.name);
    return {
      ...seriesFacts(source, told, fingerprint, template),
      course: beginCourse(judged, bucketMs, followed),
    };
  };
  const { isAnomaly, confidence } = verdict;
  const gap = series.name.kind === 'point' ? series.usual : 0;
  return { fingerprint, time, isAnomaly, confidence, value, gap, returns: false, facts };
}

/** A series that left its usual range. `template` is the text of a message's template, else null. */
export function seriesFacts(
  source: string,
  judged: Judged,
  fingerprint: string,
  template: string | null,
): AnomalyFacts {
  const { series, verdict, time, value } = judged;
  const { metric, dimension, kind } = series.name;
  const what = sentence(judged, template);
  return {
    ...opening(fingerprint, pointId(source, judged), verdict),
    kind: kind === 'fault' ? 'error' : template === null ? 'metric' : 'log',
    title: title(what),
    timestamp: time,
    source,
    metricName: template === null ? metric : null,
    metricValue: value,
    worst: value,
    severity: FAULTS.has(kind) || times(judged) >= 10 ? 'high' : 'medium',
    firstSeen: time,
    lastSeen: time,
    sample: {
      text: redact(judged.example === '' ? what : `${what}, such as: ${shorten(judged.example, 1000)}`),
      before: [],
      trace: null,
      template,
      labels: dimension === null ? {} : { dimension, statistic: judged.statistic },
    },
  };
}

/** The event id of a point that a bucket made: series as stream, bucket start as offset. */
function pointId(source: string, judged: Judged): string {
  return eventId({ source, stream: seriesLabel(judged.series.name), offset: judged.time });
}

/** What counts failures. */
const FAULTS: ReadonlySet<SeriesKind> = new Set<SeriesKind>(['failures', 'errors', 'fault']);

/** How many times the usual it is; 1 where that says nothing. */
function times({ verdict, value }: Judged): number {
  for (const { evidence } of verdict.readings) {
    if (evidence.kind === 'deviation' && evidence.baseline > 0) return value / evidence.baseline;
  }
  return 1;
}

function sentence(judged: Judged, template: string | null): string {
  const { series, value, verdict, statistic } = judged;
  const label = seriesLabel(series.name);
  const rate = verdict.readings.find(({ evidence }) => evidence.kind === 'rate')?.evidence;
  if (rate?.kind === 'rate') {
    const often = `${numberText(rate.perMinute)} a minute (usually ${numberText(rate.usualPerMinute)})`;
    return template === null
      ? `${label}: ${often}`
      : `${series.name.kind === 'fault' ? 'Error' : 'Message'} ${often}: ${template}`;
  }
  const of = statistic === 'p95' ? 'p95 of ' : '';
  return `${of}${label}: ${deviationText(value, verdict)}`;
}

type Deviation = Extract<Evidence, { kind: 'deviation' }>;

/** In the words of the surest detector, which may look at more than one point. */
function deviationText(value: number, { readings, expectedRange }: Verdict): string {
  const [surest] = readings.toSorted((a, b) => b.score - a.score);
  const seen: Deviation | null = surest?.evidence.kind === 'deviation' ? surest.evidence : null;
  switch (seen?.compared) {
    case undefined:
      return `${numberText(value)}${usually(expectedRange)}`;
    case 'value':
    case 'change':
      return `${numberText(value)}${usually(seen.expected)}`;
    case 'mean':
      return `${numberText(seen.value)} in the mean of ${seen.points} points${usually(seen.expected)}`;
    case 'step':
      return `steps of ${numberText(seen.value)} in the mean of ${seen.points}${usually(seen.expected)}`;
    case 'stillness':
      return `${numberText(value)} for ${lengthText(seen.spanMs)}, which usually moves`;
  }
}

function usually(range: Range | null): string {
  return range === null ? '' : ` (usually ${numberText(range[0])} to ${numberText(range[1])})`;
}
