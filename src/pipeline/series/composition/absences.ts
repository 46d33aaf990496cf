import { classify, type Reading } from '../../../domain/detection.ts';
import type { Series } from '../series.ts';
import type { Heartbeat } from './heartbeat.ts';

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
  /** It was told otherwise, or no message is mined as this one any more: it is not waited for until it comes again. */
  | 'told';

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
  /** Indices of the templates that were told, and have not come since. */
  private readonly absent = new Set<number>();

  isAbsent(index: number): boolean {
    return this.absent.has(index);
  }

  /** A message is in the bucket at `time`. */
  came(series: Series, index: number, time: number): void {
    const beat = series.heartbeat;
    if (beat === null) return;
    const { detector, last } = beat;
    beat.index = index;
    if (this.absent.size > 0) this.absent.delete(index);
    if (last === 0) this.watched.push({ series, beat });
    else if (time > last) {
      detector.learn({ time, quietMs: time - last, records: this.records - beat.records, among: 1 });
      if (detector.seen === detector.needed) this.warm += 1;
    }
    this.restart(beat, time);
  }

  /** Is there anything to look at? */
  isDue(time: number): boolean {
    return time >= this.nextDue;
  }

  /** What does not come any more, each told once. */
  look(time: number, standing: (series: Series, index: number) => Standing): readonly Absent[] {
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
      this.nextDue = Math.min(this.nextDue, beat.due);
      if (beat.detector.seen < beat.detector.needed) continue;
      this.warm += 1;
      if (beat.due === Number.POSITIVE_INFINITY) this.absent.add(beat.index);
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
    beat.due = last + GROWTH * quietMs;
    if (standing === 'told') return this.giveUp(beat);
    const records = this.records - beat.records;
    const reading = detector.score({ time, quietMs, records, among: Math.max(1, this.warm) });
    if (reading === null || !classify(reading.score)) return null;
    this.giveUp(beat);
    return { series, time, last, usualMs: detector.usualMs, reading };
  }

  /** It is not waited for until it comes again. */
  private giveUp(beat: Heartbeat): null {
    beat.due = Number.POSITIVE_INFINITY;
    this.absent.add(beat.index);
    return null;
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
