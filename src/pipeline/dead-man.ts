import type { Detector } from '../detectors/detector.ts';
import { type Gap, silence } from '../detectors/logs/silence.ts';
import { classify, type Reading } from '../domain/detection.ts';
import { duration, type Told } from './episodes/source-facts.ts';
import { packNumbers, unpackNumbers } from './memory.ts';

/** A silence that is longer than the source's own life explains. */
export interface Silence extends Gap {
  readonly reading: Reading;
}

/** Longer than this between two words of the caller, nobody watched: it was stopped, or the machine slept. */
const AWAY_MS = 60_000;
/** A source of which less is ordinary is quiet when all is well. */
const LEAST_ORDINARY = 0.5;
const SHARE = 0.01;
const PART = 'silence';

/**
 * Watches whether a source still speaks. Event time tells of the silences in what was written; how long it has been since
 * is told by the caller's clock, as far as the caller was there. Records of one bucket are one beat.
 */
export class DeadMan {
  private readonly detector: Detector<Gap>;
  private readonly beatMs: number;
  private readonly onSilence: (silence: Silence) => void;
  /** Of the last beat, by the source's clock; 0 before the first. */
  private beat = 0;
  /** By the caller's clock: now, and when something came; 0 before its first word. */
  private wall = 0;
  private heardAt = 0;
  /** Was there a time since the last record when nobody watched? */
  private wasAway = false;
  private isTold = false;
  /** Share of the beats that were no errors. */
  private ordinary = 1;
  private isChanged = false;

  constructor(beatMs: number, alarmsPerDay: number, onSilence: (silence: Silence) => void) {
    this.detector = silence(undefined, alarmsPerDay);
    this.beatMs = beatMs;
    this.onSilence = onSilence;
  }

  /** The caller says what time it is, epoch ms. */
  pass(wall: number): void {
    if (wall - this.wall > AWAY_MS) {
      // What a sleeping machine would have heard is heard anew.
      this.wasAway = this.wall > 0;
      this.heardAt = wall;
    }
    this.wall = Math.max(this.wall, wall);
  }

  /** A record came; `now` by the source's clock. On the way of each record. */
  hear(now: number, isOrdinary: boolean): void {
    const quietMs = Math.max(now - this.beat, this.wall - this.heardAt);
    this.heardAt = this.wall;
    if (quietMs < this.beatMs && now >= this.beat) return;
    this.ordinary += SHARE * ((isOrdinary ? 1 : 0) - this.ordinary);
    if (this.beat > 0 && now >= this.beat && !this.wasAway) this.end({ time: now, quietMs });
    this.beat = now;
    this.wasAway = false;
    this.isTold = false;
    this.isChanged = true;
  }

  /** Nothing came until now. */
  wait(): void {
    if (this.beat === 0 || this.isTold) return;
    const waited = this.wall - this.heardAt;
    this.tell({ time: this.beat + waited, quietMs: waited });
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    if (!this.isChanged) return new Map();
    this.isChanged = false;
    const own = [
      this.beat,
      this.wall,
      this.heardAt,
      this.wasAway ? 1 : 0,
      this.isTold ? 1 : 0,
      this.ordinary,
    ];
    return new Map([[PART, packNumbers(Float64Array.of(...own, ...this.detector.snapshot()))]]);
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const bytes = memory.get(PART);
    if (bytes === undefined) return;
    const numbers = unpackNumbers(bytes);
    const [beat = 0, wall = 0, heardAt = 0, wasAway = 0, isTold = 0, ordinary = 1] = numbers;
    Object.assign(this, { beat, wall, heardAt, ordinary, wasAway: wasAway === 1, isTold: isTold === 1 });
    this.detector.restore(numbers.subarray(6));
  }

  private end(gap: Gap): void {
    if (!this.isTold) this.tell(gap);
    this.detector.learn(gap);
  }

  private tell(gap: Gap): void {
    if (this.ordinary < LEAST_ORDINARY) return;
    const reading = this.detector.score(gap);
    if (reading === null || !classify(reading.score)) return;
    this.isTold = true;
    this.isChanged = true;
    this.onSilence({ ...gap, reading });
  }
}

export function silenceTold(source: string, { time, quietMs, reading }: Silence): Told {
  const usual = reading.evidence.kind === 'silence' ? reading.evidence.usualGapMs : 0;
  return {
    source,
    kind: 'log',
    fingerprint: `silence:${source}`,
    time,
    reading,
    severity: 'high',
    what: `Nothing from ${source} for ${duration(quietMs)} (usually every ${duration(usual)})`,
    template: null,
  };
}
