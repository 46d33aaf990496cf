import { classify, type Reading } from '../../domain/detection.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Series } from './series.ts';

/** A message that does not come any more. */
export interface Absent {
  readonly series: Series;
  /** Now, event time. */
  readonly time: number;
  /** When it came last, and how often it usually does; ms. */
  readonly last: number;
  readonly usualMs: number;
  readonly reading: Reading;
}

/** What is to be made of one that has not come for long. */
export type Standing =
  /** It should have. */
  | 'expected'
  /** An open episode counts it: it comes, but is not counted here. */
  | 'explained'
  /** No message is mined as this one any more. */
  | 'gone';

/** Usual gaps, and ms, after which one is looked at for the first time; then each time the absence has grown by a quarter. */
const FIRST_LOOK = 4;
const FIRST_LOOK_MS = 120_000;
const GROWTH = 1.25;

interface Watched {
  readonly series: Series;
  readonly beat: Heartbeat;
}

/**
 * Watches the messages of one source for one that used to come and stopped. Next to nothing is done for those that come:
 * the next look is due when the first of them has been away for some usual gaps.
 */
export class Absences {
  /** What the source has written so far. */
  records = 0;
  private readonly watched: Watched[] = [];
  /** No later than the first due. */
  private nextDue = Number.POSITIVE_INFINITY;
  private warm = 0;

  /** A message is in the bucket at `time`. */
  came(series: Series, index: number, time: number): void {
    const beat = series.heartbeat;
    if (beat === null) return;
    const { detector, last } = beat;
    beat.index = index;
    if (last === 0) this.watched.push({ series, beat });
    else if (time > last) {
      detector.learn({ time, quietMs: time - last, records: this.records - beat.records, among: 1 });
      if (detector.seen === detector.needed) this.warm += 1;
    }
    this.restart(beat, time);
  }

  /** What does not come any more, each told once. */
  look(time: number, standing: (series: Series, index: number) => Standing): readonly Absent[] {
    if (time < this.nextDue) return NONE;
    const absent: Absent[] = [];
    this.nextDue = Number.POSITIVE_INFINITY;
    for (const one of this.watched) {
      if (one.beat.due <= time) {
        const found = this.lookAt(one, time, standing(one.series, one.beat.index));
        if (found !== null) absent.push(found);
      }
      this.nextDue = Math.min(this.nextDue, one.beat.due);
    }
    return absent;
  }

  /** Goes on with what the restored series know. */
  restore(records: number, all: Iterable<Series>): void {
    this.records = records;
    for (const series of all) {
      const beat = series.heartbeat;
      if (beat === null || beat.last === 0) continue;
      this.watched.push({ series, beat });
      if (beat.detector.seen >= beat.detector.needed) this.warm += 1;
      this.nextDue = Math.min(this.nextDue, beat.due);
    }
  }

  private lookAt({ series, beat }: Watched, time: number, standing: Standing): Absent | null {
    series.changed = true;
    if (standing === 'explained') {
      this.restart(beat, time);
      return null;
    }
    const { last, detector } = beat;
    const quietMs = time - last;
    beat.due = standing === 'gone' ? Number.POSITIVE_INFINITY : last + GROWTH * quietMs;
    if (standing === 'gone') return null;
    const records = this.records - beat.records;
    const reading = detector.score({ time, quietMs, records, among: Math.max(1, this.warm) });
    if (reading === null || !classify(reading.score)) return null;
    beat.due = Number.POSITIVE_INFINITY;
    return { series, time, last, usualMs: detector.usualMs, reading };
  }

  private restart(beat: Heartbeat, time: number): void {
    beat.last = time;
    beat.records = this.records;
    const { detector } = beat;
    if (detector.seen < detector.needed) return;
    beat.due = time + Math.max(FIRST_LOOK_MS, FIRST_LOOK * detector.usualMs);
    this.nextDue = Math.min(this.nextDue, beat.due);
  }
}

const NONE: readonly Absent[] = [];
