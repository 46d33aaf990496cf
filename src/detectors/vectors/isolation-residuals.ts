import type { Numbers } from '../memory/numbers.ts';
import { FARTHEST } from './standards.ts';
import { MOST_METRICS } from './vector.ts';

/** Vectors after which what was learnt has faded to about a third. */
const MEMORY = 2000;
/** Share of a new residual in the mean of the last ones: what is wrong for some vectors stands out of the noise. */
const SMOOTHING = 0.1;
/** Variance of a noise of its own that each metric is taken to have, in squares of its usual distance: what never moves has an inverse. */
const OWN_NOISE = 0.03;
/** Least usual residual, in usual distances of its metric. */
const LEAST_USUAL = 0.02;
/** Vectors of the beginning that are worth less than a vector. */
const BEGINNING = 20;

/**
 * What of each metric all the others do not explain: the residual of its regression on them, which is read off the inverse
 * of their covariance; that follows the vectors by recursive least squares with forgetting. The load of a host moves most
 * of its metrics, and hides the one that does not go with them.
 */
export class Residuals {
  private metrics = 0;
  private learnt = 0;
  /** Inverse of the covariance about the level, row by row. */
  private readonly inverse = identity();
  /** A metric: mean of its last residuals, and how large that usually is. */
  private readonly means = new Float64Array(MOST_METRICS);
  private readonly usual = new Float64Array(MOST_METRICS);
  /** Inverse times offsets, of the last that were asked for. */
  private readonly product = new Float64Array(MOST_METRICS);
  private readonly found = new Float64Array(MOST_METRICS);

  /** A metric: mean residual with this vector, in usual ones, -8 to 8. Good until the next call. */
  of(offsets: Float64Array): Float64Array {
    this.multiply(offsets);
    for (let i = 0; i < offsets.length; i += 1) {
      const units = this.meanWith(i) / ((this.usual[i] ?? 0) + LEAST_USUAL);
      this.found[i] = Math.max(-FARTHEST, Math.min(FARTHEST, units));
    }
    return this.found.subarray(0, offsets.length);
  }

  /** Answers `of` of the vector before it was learnt. */
  learn(offsets: Float64Array): Float64Array {
    const found = this.of(offsets);
    this.metrics = offsets.length;
    this.learnt += 1;
    const share = Math.max(1 / MEMORY, 1 / this.learnt);
    for (let i = 0; i < this.metrics; i += 1) {
      const mean = this.meanWith(i);
      const usual = this.usual[i] ?? 0;
      const size = Math.abs(mean);
      const bound = this.learnt <= BEGINNING ? size : Math.min(size, FARTHEST * usual + LEAST_USUAL);
      this.means[i] = mean;
      this.usual[i] = usual + share * (bound - usual);
    }
    this.follow(offsets);
    return found;
  }

  write(to: Numbers): void {
    to.addAll([this.metrics, this.learnt]);
    for (let i = 0; i < this.metrics; i += 1) {
      to.addAll(this.inverse, i * MOST_METRICS, i * MOST_METRICS + i + 1);
    }
    to.addAll(this.means, 0, this.metrics);
    to.addAll(this.usual, 0, this.metrics);
  }

  /** @throws RangeError when the numbers are not what `write` wrote. */
  restore(state: Float64Array): void {
    const [metrics = 0, learnt = 0] = state;
    const meansAt = 2 + (metrics * (metrics + 1)) / 2;
    if (state.length !== meansAt + 2 * metrics) throw new RangeError(`${state.length} numbers of residuals`);
    this.metrics = metrics;
    this.learnt = learnt;
    this.inverse.set(identity());
    let at = 2;
    for (let i = 0; i < metrics; i += 1) {
      for (let j = 0; j <= i; j += 1, at += 1) this.setBoth(i, j, state[at] ?? 0);
    }
    this.means.fill(0).set(state.subarray(meansAt, meansAt + metrics));
    this.usual.fill(0).set(state.subarray(meansAt + metrics));
  }

  private meanWith(i: number): number {
    const residual = (this.product[i] ?? 0) / (this.inverse[i * MOST_METRICS + i] ?? 1);
    const before = this.means[i] ?? 0;
    return before + SMOOTHING * (residual - before);
  }

  private multiply(offsets: Float64Array): void {
    for (let i = 0; i < offsets.length; i += 1) {
      let sum = 0;
      for (let j = 0; j < offsets.length; j += 1) {
        sum += (this.inverse[i * MOST_METRICS + j] ?? 0) * (offsets[j] ?? 0);
      }
      this.product[i] = sum;
    }
  }

  /** The covariance takes the vector in, and of one metric in turn its own noise: so nothing is forgotten without end. */
  private follow(offsets: Float64Array): void {
    const share = Math.max(1 / MEMORY, 1 / (this.learnt + BEGINNING));
    let square = 0;
    for (let i = 0; i < this.metrics; i += 1) square += (offsets[i] ?? 0) * (this.product[i] ?? 0);
    this.update(share / (1 - share + share * square), 1 - share);
    const turn = this.learnt % this.metrics;
    const noise = share * this.metrics * OWN_NOISE;
    for (let i = 0; i < this.metrics; i += 1) this.product[i] = this.inverse[turn * MOST_METRICS + i] ?? 0;
    this.update(noise / (1 + noise * (this.product[turn] ?? 0)), 1);
  }

  /** Less `weight` of the product times itself (Sherman and Morrison 1950); `kept` of the covariance is kept. */
  private update(weight: number, kept: number): void {
    const { inverse, product } = this;
    for (let i = 0; i < this.metrics; i += 1) {
      const part = weight * (product[i] ?? 0);
      for (let j = 0; j <= i; j += 1) {
        const value = (inverse[i * MOST_METRICS + j] ?? 0) - part * (product[j] ?? 0);
        this.setBoth(i, j, value / kept);
      }
    }
  }

  private setBoth(i: number, j: number, value: number): void {
    this.inverse[i * MOST_METRICS + j] = value;
    this.inverse[j * MOST_METRICS + i] = value;
  }
}

function identity(): Float64Array {
  const one = new Float64Array(MOST_METRICS * MOST_METRICS);
  for (let i = 0; i < MOST_METRICS; i += 1) one[i * MOST_METRICS + i] = 1;
  return one;
}
