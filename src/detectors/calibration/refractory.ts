import type { Desk } from '../memory/desk.ts';
import type { ObservedTime } from './observed-time.ts';

/** Silence that ends what was told, ms, and the same in usual gaps between points; the longer counts. */
const QUIET_MS = 15 * 60_000;
const QUIET_GAPS = 20;
/** Confidence from which on something is strange: it goes on with what was told, and keeps quiet what follows. */
export const STRANGE = 0.95;
/** So many times less doubt is clearly stronger; just after something was told, so many times that. */
const STRONGER = 2;
const AT_ONCE = 10;
/** Of what comes less than once in a century nothing is clearly stronger. */
const LEAST_DOUBT = 1e-6;
/** What stands for a confidence that was told already: below any bar. */
const TOLD = 0.9;

/**
 * One alarm an episode: once something strange was told, what follows is told as less, until it is clearly stronger or a
 * quiet period has passed. It knows no bar, so that whoever sets one gets one alarm an episode at any.
 */
export class Refractory {
  private readonly desk: Desk;
  private readonly clock: ObservedTime;
  /** The least doubt that was told, NaN for nothing; when it was, and when something was strange. */
  private readonly leastDoubt: number;
  private readonly toldAt: number;
  private readonly strangeAt: number;

  /** `clock`: as that of `Tails`. */
  constructor(desk: Desk, clock: ObservedTime) {
    this.desk = desk;
    this.clock = clock;
    this.leastDoubt = desk.place(1, Number.NaN);
    this.toldAt = desk.place();
    this.strangeAt = desk.place();
  }

  /** The confidence that is told of a point; `time` in epoch ms. */
  tell(confidence: number, time: number): number {
    return confidence < STRANGE ? confidence : this.tellStrange(confidence, time);
  }

  private tellStrange(confidence: number, time: number): number {
    const { doubles } = this.desk;
    const told = doubles[this.leastDoubt] ?? Number.NaN;
    const isFresh = Number.isNaN(told) || time - (doubles[this.strangeAt] ?? 0) > this.quietMs();
    doubles[this.strangeAt] = time;
    const doubt = Math.max(LEAST_DOUBT, 1 - confidence);
    if (!isFresh && doubt >= told / this.factor(time)) return TOLD;
    doubles[this.leastDoubt] = doubt;
    doubles[this.toldAt] = time;
    return confidence;
  }

  private quietMs(): number {
    return Math.max(QUIET_MS, QUIET_GAPS * this.clock.usualGap);
  }

  private factor(time: number): number {
    const since = Math.max(0, time - (this.desk.doubles[this.toldAt] ?? 0)) / this.quietMs();
    return STRONGER * AT_ONCE ** Math.max(0, 1 - since);
  }
}
