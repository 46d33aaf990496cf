import type { Numbers } from './numbers.ts';
import { ObservedTime } from './observed-time.ts';

/** Silence that ends what was told, ms, and the same in usual gaps between points; the longer counts. */
const QUIET_MS = 15 * 60_000;
const QUIET_GAPS = 20;
/** Confidence from which on something is strange: it goes on with what was told, and keeps quiet what follows. */
export const STRANGE = 0.95;
/** So many times less doubt is clearly stronger; just after something was told, so many times that. */
const STRONGER = 2;
const AT_ONCE = 10;
/** What stands for a confidence that was told already: below any bar. */
const TOLD = 0.9;

/**
 * One alarm an episode: once something strange was told, what follows is told as less, until it is clearly stronger or a
 * quiet period has passed. It knows no bar, so that whoever sets one gets one alarm an episode at any.
 */
export class Refractory {
  private readonly time = new ObservedTime();
  /** The least doubt that was told; NaN for nothing. */
  private told = Number.NaN;
  private toldAt = 0;
  private strangeAt = 0;

  /** The confidence that is told of a point; `time` in epoch ms. */
  tell(confidence: number, time: number): number {
    this.time.pass(time);
    const doubt = 1 - confidence;
    if (confidence < STRANGE) return confidence;
    const fresh = Number.isNaN(this.told) || time - this.strangeAt > this.quietMs();
    if (fresh) this.told = Number.NaN;
    this.strangeAt = time;
    if (!fresh && doubt >= this.told / this.factor(time)) return TOLD;
    this.told = doubt;
    this.toldAt = time;
    return confidence;
  }

  write(to: Numbers): void {
    this.time.write(to);
    to.addAll([this.toldAt, this.strangeAt, Number.isNaN(this.told) ? -1 : this.told]);
  }

  restore(state: Float64Array): void {
    this.time.restore(state.subarray(0, 4));
    const [toldAt = 0, strangeAt = 0, told = -1] = state.subarray(4);
    this.toldAt = toldAt;
    this.strangeAt = strangeAt;
    this.told = told === -1 ? Number.NaN : told;
  }

  private quietMs(): number {
    return Math.max(QUIET_MS, QUIET_GAPS * this.time.usualGap);
  }

  private factor(time: number): number {
    const since = Math.max(0, time - this.toldAt) / this.quietMs();
    return STRONGER * AT_ONCE ** Math.max(0, 1 - since);
  }
}
