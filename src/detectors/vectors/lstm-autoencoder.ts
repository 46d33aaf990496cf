import type { Numbers } from '../memory/numbers.ts';
import { split, writeParts } from '../memory/parts.ts';
import { LstmErrors } from './lstm-errors.ts';
import { LstmNetwork } from './lstm-network.ts';
import { LstmTraining } from './lstm-training.ts';
import { MOST_METRICS, type VectorGauge, type VectorGaugeMaker } from './vector.ts';

/**
 * How well the newest vector can be told from the last ones and from the other half of its metrics, beside how well it usually
 * can (Malhotra et al. 2016, "LSTM-based encoder-decoder for multi-sensor anomaly detection"): metrics that part from each
 * other, or go on in an order that is not theirs.
 */
export function lstmAutoencoder(): VectorGaugeMaker {
  return { make: (seed) => new LstmGauge(seed), doubt: 1 };
}

/** Chosen by measurement (bench/detection): larger ones cost more, and find no more. */
const UNITS = 6;
/** Vectors of a window. */
const STEPS = 8;
/** Vectors after which it has learnt something. */
const LEARNT = 100;

class LstmGauge implements VectorGauge {
  readonly name = 'lstm-autoencoder';
  readonly needed = LEARNT;
  private readonly network = new LstmNetwork(UNITS, STEPS, MOST_METRICS);
  private readonly errors = new LstmErrors(MOST_METRICS);
  private readonly training: LstmTraining;
  /** The last vectors, and as the newest the one that is asked about, which is not known yet. */
  private readonly window = new Float32Array(MOST_METRICS * STEPS);
  /** Errors of the newest vector, and how strange they are. */
  private readonly newest = new Float64Array(MOST_METRICS);
  private readonly strange = new Float64Array(MOST_METRICS);
  /** Metrics of the newest vector whose errors are known, 0 for none. */
  private judged = 0;
  private metrics = 0;
  private vectors = 0;

  constructor(seed: number) {
    this.training = new LstmTraining(this.network, MOST_METRICS, seed);
  }

  get seen(): number {
    return this.vectors;
  }

  /** Squared, which gives normal life about the tail that the calibration takes it to have. */
  distance(offsets: Float64Array): number {
    if (this.vectors < this.needed) return Number.NaN;
    const shares = this.shares(offsets);
    let sum = 0;
    for (let i = 0; i < shares.length; i += 1) sum += shares[i] ?? 0;
    return (sum / Math.max(1, shares.length)) ** 2;
  }

  shares(offsets: Float64Array): Float64Array {
    this.judge(offsets);
    const metrics = Math.min(offsets.length, MOST_METRICS);
    for (let i = 0; i < metrics; i += 1) this.strange[i] = this.errors.strangeness(i, this.newest[i] ?? 0);
    return this.strange.subarray(0, metrics);
  }

  learn(offsets: Float64Array): void {
    const { window, training, errors } = this;
    this.judge(offsets);
    this.metrics = Math.min(offsets.length, MOST_METRICS);
    this.vectors += 1;
    if (this.vectors >= STEPS) {
      errors.learn(this.newest, this.metrics);
      training.learn(window, this.metrics);
    }
    window.copyWithin(0, 1);
    this.judged = 0;
  }

  write(to: Numbers): void {
    to.addAll([this.vectors, this.metrics]);
    for (let i = 0; i < this.metrics; i += 1) to.addAll(this.window, i * STEPS, (i + 1) * STEPS - 1);
    writeParts([this.errors, this.training], to);
  }

  restore(state: Float64Array): void {
    const [vectors = 0, metrics = 0] = state;
    const windowEnd = 2 + metrics * (STEPS - 1);
    const [ofErrors, ofTraining] = split(state.subarray(windowEnd));
    if (ofErrors === undefined || ofTraining === undefined) {
      throw new RangeError(`${state.length} numbers are not an LSTM autoencoder`);
    }
    this.vectors = vectors;
    this.metrics = metrics;
    this.judged = 0;
    this.window.fill(0);
    for (let i = 0; i < metrics; i += 1) {
      const at = 2 + i * (STEPS - 1);
      this.window.set(state.subarray(at, at + STEPS - 1), i * STEPS);
    }
    this.errors.restore(ofErrors);
    this.training.restore(ofTraining);
  }

  /** Makes it the newest of the window and finds its errors, unless that was just done. */
  private judge(offsets: Float64Array): void {
    const { network, window, newest, training } = this;
    const metrics = Math.min(offsets.length, MOST_METRICS);
    if (this.judged === metrics && this.isNewest(offsets, metrics)) return;
    for (let i = 0; i < metrics; i += 1) window[(i + 1) * STEPS - 1] = offsets[i] ?? 0;
    network.rebuildNewest(training.weights, window, metrics, 0);
    network.rebuildNewest(training.weights, window, metrics, 1);
    for (let i = 0; i < metrics; i += 1) {
      const at = (i + 1) * STEPS - 1;
      newest[i] = (window[at] ?? 0) - (network.rebuilt[at] ?? 0);
    }
    this.judged = metrics;
  }

  private isNewest(offsets: Float64Array, metrics: number): boolean {
    for (let i = 0; i < metrics; i += 1) {
      if (this.window[(i + 1) * STEPS - 1] !== Math.fround(offsets[i] ?? 0)) return false;
    }
    return true;
  }
}
