import type { Anomaly } from '../../domain/anomaly.ts';
import type { Range } from '../../domain/detection.ts';
import { explain, numberText } from '../../domain/explain.ts';
import type { Rollup } from '../../domain/rollup.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

type Found = Omit<Candidate, 'id' | 'focus'>;

const MOST_COURSE = 20;
const MOST_COMPANIONS = 8;
const MOST_SERIES = 8;
/** Hours that a series needs before anything is called usual of it. */
const LEAST_HOURS = 6;
/** An hour stands out from here on, in spreads of the hours before. */
const STANDS_OUT = 3;

/** What the detectors read, the course of the metric, what turned abnormal with it, and hours that stand out. */
export function metricItems(anomaly: Anomaly, hours: readonly Rollup[]): readonly Candidate[] {
  return numbered('M', [
    ...readings(anomaly),
    ...course(anomaly),
    ...companions(anomaly),
    ...strangeHours(anomaly, hours),
  ]);
}

function readings({ readings: read, timestamp }: Anomaly): readonly Found[] {
  if (read.length === 0) return [];
  const text = read.map(({ detector, evidence }) => `${detector}: ${explain(evidence)}`).join('\n');
  return [
    { kind: 'metric', title: 'what the detectors read', time: timestamp, text, weight: WORTH.readings },
  ];
}

function course({ course: points, metricName, title, timestamp }: Anomaly): readonly Found[] {
  if (points.length < 2) return [];
  const rows = points
    .slice(-MOST_COURSE)
    .map(({ time, value, expected }) => `${timeText(time)} ${valued(value, expected)}`);
  const what = `${metricName ?? `how often: ${title}`}, value by value`;
  return [{ kind: 'metric', title: what, time: timestamp, text: rows.join('\n'), weight: WORTH.companion }];
}

function companions({ alongside, timestamp }: Anomaly): readonly Found[] {
  return alongside.series.slice(0, MOST_COMPANIONS).map(({ name, value, expected }, i) => ({
    kind: 'metric',
    title: `turned abnormal with it: ${name}`,
    time: timestamp,
    text: `${name} ${valued(value, expected)}`,
    weight: WORTH.companion * NEXT ** i,
  }));
}

function valued(value: number, usual: Range | null): string {
  if (usual === null) return numberText(value);
  return `${numberText(value)} (usually ${numberText(usual[0])} to ${numberText(usual[1])})`;
}

interface Strange {
  readonly series: string;
  readonly hour: Rollup;
  readonly usual: Range;
  readonly hours: number;
  /** How far it is from the middle, in spreads. */
  readonly far: number;
}

/** Of each series the last hour until the anomaly, where it is far from the hours before. */
function strangeHours(anomaly: Anomaly, hours: readonly Rollup[]): readonly Found[] {
  const strange = [...Map.groupBy(hours, ({ series }) => series).values()].flatMap(strangeHour);
  return strange
    .filter(({ series }) => series !== anomaly.metricName)
    .toSorted((a, b) => b.far - a.far || (a.series < b.series ? -1 : 1))
    .slice(0, MOST_SERIES)
    .map(({ series, hour, usual, hours: count }, i) => ({
      kind: 'metric',
      title: `${series} in the hour from ${timeText(hour.hour)}`,
      time: hour.hour,
      text: `mean ${valued(meanOf(hour), usual)}, least ${numberText(hour.min)}, most ${numberText(hour.max)}, ${hour.count} values; usual are the ${count} hours before`,
      weight: WORTH.hours * NEXT ** i,
    }));
}

function strangeHour(hours: readonly Rollup[]): readonly Strange[] {
  const inOrder = hours.toSorted((a, b) => a.hour - b.hour);
  const hour = inOrder.at(-1);
  const before = inOrder
    .slice(0, -1)
    .map(meanOf)
    .toSorted((a, b) => a - b);
  if (hour === undefined || before.length < LEAST_HOURS) return [];
  const [low, middle, high] = [quantile(before, 0.1), quantile(before, 0.5), quantile(before, 0.9)];
  const spread = Math.max((high - low) / 2, Math.abs(middle) * 0.05, Number.MIN_VALUE);
  const far = Math.abs(meanOf(hour) - middle) / spread;
  if (far < STANDS_OUT) return [];
  return [{ series: hour.series, hour, usual: [low, high], hours: before.length, far }];
}

/** Of numbers in order. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function meanOf({ sum, count }: Rollup): number {
  return count === 0 ? 0 : sum / count;
}
