import type { Training } from '../../domain/detection.ts';
import { type Series, seriesLabel } from './series.ts';
import type { Waiting } from './track.ts';

/** How far a series has learnt. */
export interface SeriesTraining {
  readonly name: string;
  readonly state: Training['state'];
  /** Points learnt, at most as many as the first detector needs before it speaks, and how many those are. */
  readonly seen: number;
  readonly needed: number;
  /** Points learnt in all. */
  readonly points: number;
  /** Of a series that is judged: detectors that say nothing yet. */
  readonly waiting: readonly SeriesWaiting[];
}

export interface SeriesWaiting extends Waiting {
  /** Its points come so seldom that it will not speak within a week. */
  readonly sparse: boolean;
}

export function trainingOf(series: Series, alerting: boolean): SeriesTraining {
  const [first] = series.tracks;
  const { seen = 0, needed = 0 } = first ?? {};
  const isTraining = seen < needed;
  return {
    name: seriesLabel(series.name),
    state: alerting ? 'alerting' : isTraining ? 'training' : 'normal',
    seen: Math.min(seen, needed),
    needed,
    points: seen,
    waiting: isTraining ? NONE : waitingOf(series),
  };
}

const NONE: readonly SeriesWaiting[] = [];
const WEEK_MS = 7 * 86_400_000;

function waitingOf({ tracks: [first], recent: [recent] }: Series): readonly SeriesWaiting[] {
  const waiting = first?.waiting() ?? NONE;
  // Most series have learnt everything, and there are tens of thousands.
  if (waiting.length === 0) return NONE;
  const gap = recent?.usualGap() ?? 0;
  return waiting.map((one) => ({ ...one, sparse: one.missing * gap > WEEK_MS }));
}
