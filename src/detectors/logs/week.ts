import { HOUR_MS } from '../../domain/rollup.ts';
import type { Numbers } from '../memory/numbers.ts';

/** Hours of a week. */
const WEEK = 168;
/** Weeks after which an hour is half forgotten, about. */
const MEMORY = 4;
/** An hour with less than this share of the busiest one is rest, if that one has so many beats: else hours tell nothing. */
const REST = 0.05;
const BUSY = 10;
const WIDTH = 4 + 2 * WEEK;

/** How often a source speaks in each hour of the week (UTC), as far as the hours were watched from end to end. */
export class Week {
  /** Beats in such an hour, and how many of them were watched, up to `MEMORY`. */
  private readonly beats = new Float64Array(WEEK);
  private readonly watched = new Float64Array(WEEK);
  /** The hour that is open, in hours since 1970, its beats, and whether it was watched from its beginning. */
  private hour = 0;
  private open = 0;
  private isWhole = false;
  private isBegun = false;
  /** Has it hours of rest: nights, weekends? */
  rests = false;
  /** Does it speak often enough for hours to differ by more than chance? */
  hasHours = false;
  /** The hour that was asked for last: mostly the same is asked for again. */
  private known: { readonly hour: number; readonly least: number | null } = NOT_KNOWN;

  /** It spoke at `time`, epoch ms. */
  beat(time: number): void {
    const hour = Math.floor(time / HOUR_MS);
    if (!this.isBegun || hour < this.hour) this.resume(time);
    if (hour > this.hour) this.end(hour);
    this.open += 1;
  }

  /** What was before `time` is not to be learnt: nobody watched, or it was no ordinary silence. */
  resume(time: number): void {
    this.hour = Math.floor(time / HOUR_MS);
    this.open = 0;
    this.isWhole = false;
    this.isBegun = true;
  }

  /** Beats that are usual between two times; `unknown` of them an hour where nothing is known of such hours. */
  expected(from: number, to: number, unknown: number): number {
    let at = Math.max(from, to - WEEK * HOUR_MS);
    if (!this.hasHours) return at < to ? unknown * ((to - at) / HOUR_MS) : 0;
    let sum = 0;
    while (at < to) {
      const hour = Math.floor(at / HOUR_MS);
      const until = Math.min(to, (hour + 1) * HOUR_MS);
      if (until <= at) break;
      sum += (this.least(hour) ?? unknown) * ((until - at) / HOUR_MS);
      at = until;
    }
    return sum;
  }

  write(to: Numbers): void {
    to.addAll([this.hour, this.open, this.isWhole ? 1 : 0, this.isBegun ? 1 : 0]);
    to.addAll(this.beats);
    to.addAll(this.watched);
  }

  /** Reads its own numbers from the front of `state` and answers the rest. */
  restore(state: Float64Array): Float64Array {
    const [hour = 0, open = 0, isWhole = 0, isBegun = 0] = state;
    Object.assign(this, { hour, open, isWhole: isWhole === 1, isBegun: isBegun === 1 });
    this.beats.set(state.subarray(4, 4 + WEEK));
    this.watched.set(state.subarray(4 + WEEK, WIDTH));
    this.compare();
    return state.subarray(WIDTH);
  }

  private end(next: number): void {
    if (this.isWhole) this.take(slotOf(this.hour), this.open);
    const first = Math.max(this.hour + 1, next - WEEK);
    for (let hour = first; hour < next; hour += 1) this.take(slotOf(hour), 0);
    this.hour = next;
    this.open = 0;
    this.isWhole = true;
    this.compare();
  }

  private take(slot: number, beats: number): void {
    const watched = Math.min(MEMORY, (this.watched[slot] ?? 0) + 1);
    const usual = this.beats[slot] ?? 0;
    this.watched[slot] = watched;
    this.beats[slot] = usual + (beats - usual) / watched;
  }

  /** Of an hour and those beside it the one with the least: what begins at nine may begin at ten. */
  private least(hour: number): number | null {
    if (hour !== this.known.hour) this.known = { hour, least: this.leastAround(hour) };
    return this.known.least;
  }

  private leastAround(hour: number): number | null {
    let least: number | null = null;
    for (let beside = hour - 1; beside <= hour + 1; beside += 1) {
      const usual = this.usual(slotOf(beside));
      if (usual !== null && (least === null || usual < least)) least = usual;
    }
    return least;
  }

  /** Of an hour not watched yet: as at that hour on other days, but a source that rests may rest then as well. */
  private usual(slot: number): number | null {
    if (!this.hasHours) return null;
    if ((this.watched[slot] ?? 0) > 0) return this.beats[slot] ?? 0;
    if (this.rests) return 0;
    let sum = 0;
    let days = 0;
    for (let other = slot % 24; other < WEEK; other += 24) {
      if ((this.watched[other] ?? 0) === 0) continue;
      sum += this.beats[other] ?? 0;
      days += 1;
    }
    return days === 0 ? null : sum / days;
  }

  private compare(): void {
    this.known = NOT_KNOWN;
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let slot = 0; slot < WEEK; slot += 1) {
      if ((this.watched[slot] ?? 0) === 0) continue;
      least = Math.min(least, this.beats[slot] ?? 0);
      most = Math.max(most, this.beats[slot] ?? 0);
    }
    this.hasHours = most >= BUSY;
    this.rests = this.hasHours && least < REST * most;
  }
}

function slotOf(hour: number): number {
  return ((hour % WEEK) + WEEK) % WEEK;
}

const NOT_KNOWN = { hour: Number.NaN, least: null };
