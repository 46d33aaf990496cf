import { z } from 'zod';
import type { Range, Reading } from '../../domain/detection.ts';
import type { Count, CountDetector } from '../detector.ts';
import { type Numbers, numbersOf } from '../memory/numbers.ts';
import { Patience, STRANGE } from './patience.ts';

export const rateOptions = z.object({
  memory: z
    .number()
    .int()
    .min(20)
    .default(360)
    .describe('Buckets after which the usual rate is half forgotten.'),
  warmUp: z.number().int().min(5).default(20).describe('Buckets before it speaks.'),
  least: z.number().min(1).default(3).describe('Below this count in a bucket a burst is not worth a word.'),
  factor: z.number().min(1).default(3).describe('Times the usual count that is still ordinary.'),
});
export type RateOptions = z.infer<typeof rateOptions>;

interface State {
  /** Time of the first count, epoch ms. */
  since: number;
  seen: number;
  mean: number;
  variance: number;
}

/**
 * A burst against the usual count: chance of at least this count under a negative binomial whose mean is what was
 * learnt (Gamma prior, so nothing seen is not nothing expected) and whose spread is what the counts have shown.
 */
export function rate(options: RateOptions = rateOptions.parse({})): CountDetector {
  return new Rate(options);
}

class Rate implements CountDetector {
  readonly name = 'rate';
  readonly needed: number;
  private readonly options: RateOptions;
  private readonly state: State = { since: 0, seen: 0, mean: 0, variance: 0 };
  private readonly strangers = new Patience(1);

  constructor(options: RateOptions) {
    this.options = options;
    this.needed = options.warmUp;
  }

  get seen(): number {
    return this.state.seen;
  }

  score(count: Count): Reading | null {
    return score(this.state, count, this.options);
  }

  scoreAlone(count: Count): number | null {
    const value = countOf(count);
    if (value === null || this.seen < this.needed) return null;
    return strangeness(this.state, value, count.exposure, this.options);
  }

  range(count: Count): Range | null {
    return this.seen < this.needed ? null : ordinary(this.state, count.exposure, this.options);
  }

  learn(count: Count): void {
    const value = countOf(count);
    if (value === null) return;
    const { state, options, strangers } = this;
    if (state.seen === 0) state.since = count.time;
    state.seen += 1;
    const isWarm = state.seen >= options.warmUp;
    if (isWarm && strangeness(state, value, count.exposure, options) > 1 - STRANGE)
      strangers.hold(state.seen, [value]);
    else take(state, value, options);
    for (let known = strangers.release(state.seen); known !== null; known = strangers.release(state.seen)) {
      take(state, known[0] ?? 0, options);
    }
  }

  learnZeros(zeros: number): void {
    let left = zeros;
    // A strange count waits to be learnt: until then each zero counts by itself.
    for (; left > 0 && this.strangers.some(); left -= 1) this.learn(ZERO);
    takeZeros(this.state, left, this.options);
  }

  write(to: Numbers): void {
    const { since, seen, mean, variance } = this.state;
    to.addAll([since, seen, mean, variance]);
    this.strangers.write(to);
  }

  snapshot(): Float64Array {
    return numbersOf((to) => this.write(to));
  }

  restore(numbers: Float64Array): void {
    const [since = 0, seen = 0, mean = 0, variance = 0] = numbers;
    Object.assign(this.state, { since, seen, mean, variance });
    this.strangers.restore(numbers.subarray(4));
  }
}

function score(state: State, count: Count, options: RateOptions): Reading | null {
  const value = countOf(count);
  if (value === null || state.seen < options.warmUp) return null;
  const perMinute = 60_000 / count.bucketMs;
  return {
    detector: 'rate',
    score: strangeness(state, value, count.exposure, options),
    evidence: {
      kind: 'rate',
      perMinute: value * perMinute,
      usualPerMinute: state.mean * perMinute,
      learned: state.seen,
      since: state.since,
    },
  };
}

/** No bucket holds more; beyond, squares lose their meaning. */
const MOST = 1e12;

function countOf({ value }: Count): number | null {
  return Number.isFinite(value) ? Math.max(0, Math.min(MOST, value)) : null;
}

function expectedOf(state: State, exposure: number): number {
  return ((state.mean * state.seen + 0.5) / (state.seen + 1)) * exposure;
}

/** What is not worth a word. */
function ordinary(state: State, exposed: number, { least, factor }: RateOptions): Range {
  return [0, Math.max(least - 1, factor * expectedOf(state, Math.max(1, exposed)))];
}

/**
 * Score of a count, 0 where it is ordinary. Mean and variance of the next count: what was learnt, what is not yet known of it,
 * and what the counts have shown.
 */
function strangeness(state: State, value: number, exposed: number, options: RateOptions): number {
  if (value < options.least) return 0;
  const exposure = Math.max(1, exposed);
  const mean = expectedOf(state, exposure);
  if (value <= options.factor * mean) return 0;
  const known = mean * (1 + exposure / (state.seen + 1));
  const variance = Math.max(known, state.variance * exposure * exposure) * (1 + 1 / (state.seen + 1));
  return 1 - tailOf(value, mean, variance);
}

/** Counts beyond this many usual deviations stretch what is learnt no further. */
const CLIP = 5;

function take(state: State, value: number, options: RateOptions): void {
  const share = Math.max(1 / state.seen, 1 / options.memory);
  const bound = state.mean + CLIP * Math.sqrt(state.variance) + 3;
  const taken = state.seen <= options.warmUp ? value : Math.min(value, bound);
  const step = taken - state.mean;
  state.mean += share * step;
  state.variance = (1 - share) * (state.variance + share * step * step);
}

/** A bucket without a record; an hour long says nothing here. */
const ZERO: Count = { time: 0, value: 0, weight: 1, exposure: 1, bucketMs: 1000 };

/**
 * As `take` of so many zeros one by one: mean and variance of what was seen joined with that of the zeros (Chan et al. 1979)
 * while all that was seen counts alike, and a geometric fading after that.
 */
function takeZeros(state: State, zeros: number, options: RateOptions): void {
  const alike = Math.max(0, Math.min(zeros, options.memory - state.seen));
  const { mean, variance, seen } = state;
  if (alike > 0 && seen + alike > 0) {
    const kept = seen / (seen + alike);
    state.mean = mean * kept;
    state.variance = kept * (variance + mean * mean * (1 - kept));
  }
  state.seen += zeros;
  const rest = zeros - alike;
  if (rest === 0) return;
  const kept = (1 - 1 / options.memory) ** rest;
  state.variance = kept * (state.variance + state.mean * state.mean * (1 - kept));
  state.mean *= kept;
}

/** Upper bound of P(X >= value) of a negative binomial: its probability there, times the geometric sum that dominates the rest. */
function tailOf(value: number, mean: number, variance: number): number {
  const size = (mean * mean) / Math.max(variance - mean, 1e-9);
  const k = Math.ceil(value);
  const odds = mean / (mean + size);
  const logTerm =
    logGamma(k + size) -
    logGamma(size) -
    logGamma(k + 1) +
    k * Math.log(odds) +
    size * Math.log(size / (mean + size));
  const ratio = ((k + size) / (k + 1)) * odds;
  return ratio >= 1 ? 1 : Math.min(1, Math.exp(logTerm) / (1 - ratio));
}

/** Stirling's series after shifting the argument above 8; exact to 1e-10 there. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 8) {
    shift -= Math.log(y);
    y += 1;
  }
  const inverse = 1 / (y * y);
  const series = (1 / 12 - inverse * (1 / 360 - inverse / 1260)) / y;
  return shift + (y - 0.5) * Math.log(y) - y + 0.918938533204673 + series;
}
