import type { Numbers } from '../memory/numbers.ts';

/** Shares of a new slope, and of its square, in what is remembered of them. */
const FIRST = 0.1;
const SECOND = 0.001;
const EPSILON = 1e-8;
/** The largest length of all slopes together that is believed (Pascanu et al. 2013). */
const LONGEST = 1;

/**
 * Steps down a slope, each weight at its own pace (Adam; Kingma and Ba 2015). What is kept from step to step has single
 * precision, so that it is saved in half the bytes; it is computed with in double.
 */
export class Adam {
  /** Of the slopes: their means, and those of their squares. */
  private readonly means: Float64Array;
  private readonly squares: Float64Array;
  private steps = 0;

  constructor(mostWeights: number) {
    this.means = new Float64Array(mostWeights);
    this.squares = new Float64Array(mostWeights);
  }

  /** Moves the first `count` weights by about `rate` each. The slopes are used up: 0 afterwards. */
  step(weights: Float64Array, slopes: Float64Array, count: number, rate: number): void {
    const { means, squares } = this;
    this.steps += 1;
    const clip = clipOf(slopes, count);
    const pace = rate / (1 - (1 - FIRST) ** this.steps);
    const unbias = 1 / (1 - (1 - SECOND) ** this.steps);
    for (let i = 0; i < count; i += 1) {
      const slope = clip * (slopes[i] ?? 0);
      const mean = Math.fround((1 - FIRST) * (means[i] ?? 0) + FIRST * slope);
      const square = Math.fround((1 - SECOND) * (squares[i] ?? 0) + SECOND * slope * slope);
      means[i] = mean;
      squares[i] = square;
      weights[i] = Math.fround((weights[i] ?? 0) - (pace * mean) / (Math.sqrt(unbias * square) + EPSILON));
      slopes[i] = 0;
    }
  }

  /** What is kept of the first `count` weights. */
  write(to: Numbers, count: number): void {
    to.add(this.steps);
    to.addAll(this.means, 0, count);
    to.addAll(this.squares, 0, count);
  }

  restore(state: Float64Array): void {
    const count = (state.length - 1) / 2;
    this.steps = state[0] ?? 0;
    this.means.fill(0).set(state.subarray(1, 1 + count));
    this.squares.fill(0).set(state.subarray(1 + count));
  }
}

function clipOf(slopes: Float64Array, count: number): number {
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += (slopes[i] ?? 0) ** 2;
  return squares > LONGEST * LONGEST ? LONGEST / Math.sqrt(squares) : 1;
}
