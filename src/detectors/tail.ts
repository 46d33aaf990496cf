import type { Numbers } from './numbers.ts';
import { SortedWindow } from './window.ts';

/** Scores that a series remembers to judge the next one by. */
const HISTORY = 200;
/** Share of the scores that counts as tail. */
const TAIL = 0.1;
/** Distances (robust standard deviations) assumed of a series that has shown none: scale and shape of its tail. */
const PRIOR = { scale: 0.7, shape: 0.2, weight: 4 } as const;
/** How far one score may stretch what was the largest so far. */
const STRETCH = 3;

/**
 * Peaks over threshold (Siffer et al. 2017): rank inside the bulk, a generalised Pareto tail above the 90% quantile whose
 * scale and shape are moment estimates drawn towards a prior while there are few. Scores are held in two bytes each.
 */
export class TailModel {
  private readonly window = new SortedWindow(HISTORY, 'shorts');
  /** NaN after what was learnt last: most scores lie inside the bulk and need no fit. */
  private scale = Number.NaN;
  private shape = 0;

  /** Chance of a score at least this large in the series' normal life, (0,1]. */
  probability(raw: number): number {
    const code = codeOf(raw);
    const score = scoreOf(code);
    const threshold = this.threshold();
    if (score <= threshold) {
      return Math.min(1, (this.window.countAtLeast(code) + 0.5) / (this.window.size + 1));
    }
    if (Number.isNaN(this.scale)) this.fit(threshold);
    return TAIL * (1 + this.shape * ((score - threshold) / this.scale)) ** (-1 / this.shape);
  }

  learn(raw: number): void {
    const { window } = this;
    const largest = window.size === 0 ? 0 : scoreOf(window.at(window.size - 1));
    // One outage must not stretch the tail until the next one is ordinary.
    window.push(codeOf(Math.min(raw, Math.max(10, STRETCH * largest))));
    this.scale = Number.NaN;
  }

  write(to: Numbers): void {
    this.window.write(to);
  }

  restore(scores: Float64Array): void {
    this.window.restore(scores);
    this.scale = Number.NaN;
  }

  /** Where the tail begins: the quantile, interpolated between scores. */
  private threshold(): number {
    const { window } = this;
    if (window.size === 0) return 0;
    const position = (1 - TAIL) * (window.size - 1);
    const below = Math.floor(position);
    const low = scoreOf(window.at(below));
    const high = scoreOf(window.at(Math.min(below + 1, window.size - 1)));
    return low + (high - low) * (position - below);
  }

  private fit(threshold: number): void {
    const { window } = this;
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let i = window.size - 1; i >= 0; i -= 1) {
      const over = scoreOf(window.at(i)) - threshold;
      if (over <= 0) break;
      count += 1;
      sum += over;
      squares += over * over;
    }
    const mean = count === 0 ? 0 : sum / count;
    const variance = count < 2 ? 0 : Math.max(0, squares / count - mean * mean);
    const trust = count / (count + 10);
    const own = variance > 0 ? 0.5 * (1 - (mean * mean) / variance) : 0;
    this.shape = trust * Math.max(0, Math.min(0.6, own)) + (1 - trust) * PRIOR.shape;
    this.scale = ((mean * count + PRIOR.scale * PRIOR.weight) / (count + PRIOR.weight)) * (1 - this.shape);
  }
}

/** Exponents of single precision below this, scores under a millionth, count as 0. */
const LEAST_EXPONENT = 107;
const MANTISSA_BITS = 10;
const DROPPED_BITS = 23 - MANTISSA_BITS;
const OFFSET = (LEAST_EXPONENT << MANTISSA_BITS) - 1;

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** A score, never negative, as a whole number below 65,536 in the same order: to one part in a thousand. */
function codeOf(score: number): number {
  single[0] = score;
  return Math.max(0, Math.min(0xffff, ((bits[0] ?? 0) >>> DROPPED_BITS) - OFFSET));
}

function scoreOf(code: number): number {
  if (code === 0) return 0;
  bits[0] = (code + OFFSET) << DROPPED_BITS;
  return single[0] ?? 0;
}
