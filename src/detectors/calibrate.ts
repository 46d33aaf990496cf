import type { Reading } from '../domain/detection.ts';
import { type Detector, type Gauge, type Point, usable } from './detector.ts';
import { patience, STRANGE } from './patience.ts';
import { type SortedWindow, sortedWindow } from './window.ts';

/** Scores that a series remembers to judge the next one by. */
const HISTORY = 200;

/** Makes a gauge a detector: its raw distance becomes a tail probability under the series' own recent distances. */
export function calibrated(gauge: Gauge): Detector<Point> {
  const tail = tailModel();
  const strangers = patience(4);
  let seen = 0;

  function learn(point: Point): void {
    if (usable(point.value) === null) return;
    const raw = gauge.measure(point)?.raw ?? null;
    const strange = raw !== null && tail.probability(raw) < STRANGE;
    seen += 1;
    if (gauge.sturdy || !strange) gauge.learn(point);
    if (strange) strangers.hold(seen, [raw, point.time, point.value, point.weight]);
    else if (raw !== null) tail.learn(raw);
    for (let known = strangers.release(seen); known !== null; known = strangers.release(seen))
      learnLate(known);
  }

  function learnLate([raw = 0, time = 0, value = 0, weight = 1]: readonly number[]): void {
    tail.learn(raw);
    if (!gauge.sturdy) gauge.learn({ time, value, weight });
  }

  return {
    name: gauge.name,
    get seen() {
      return seen;
    },
    needed: gauge.needed,
    score: (point) => read(gauge, tail, point),
    learn,
    snapshot() {
      const inner = gauge.snapshot();
      return Float64Array.from([seen, inner.length, ...inner, ...strangers.snapshot(), ...tail.scores()]);
    },
    restore(state) {
      const length = state[1] ?? 0;
      if (length + 3 > state.length) throw new RangeError(`not a snapshot of ${gauge.name}`);
      seen = state[0] ?? 0;
      gauge.restore(state.subarray(2, 2 + length));
      tail.restore(strangers.restore(state.subarray(2 + length)));
    },
  };
}

function read(gauge: Gauge, tail: TailModel, point: Point): Reading | null {
  const value = usable(point.value);
  if (value === null) return null;
  const measure = gauge.measure({ ...point, value });
  if (measure === null) return null;
  const probability = tail.probability(measure.raw);
  return {
    detector: gauge.name,
    score: 1 - probability,
    evidence: {
      kind: 'deviation',
      value,
      baseline: measure.baseline,
      spread: measure.spread,
      expected: measure.expected,
      learned: gauge.seen,
      tail: probability,
    },
  };
}

export interface TailModel {
  /** Chance of a score at least this large in the series' normal life, (0,1]. */
  probability(raw: number): number;
  learn(raw: number): void;
  scores(): readonly number[];
  restore(scores: Float64Array): void;
}

/** Share of the scores that counts as tail. */
const TAIL = 0.1;
/** Distances (robust standard deviations) assumed of a series that has shown none: scale and shape of its tail. */
const PRIOR = { scale: 0.7, shape: 0.2, weight: 4 } as const;
/** How far one score may stretch what was the largest so far. */
const STRETCH = 3;

/**
 * Peaks over threshold (Siffer et al. 2017): rank inside the bulk, a generalised Pareto tail above the 90% quantile whose
 * scale and shape are moment estimates drawn towards a prior while there are few.
 */
export function tailModel(): TailModel {
  const window = sortedWindow(HISTORY);
  let fit: Fit | null = null;
  return {
    probability(raw) {
      fit ??= fitTail(window);
      if (raw > fit.threshold) return tailProbability(fit, raw);
      return Math.min(1, (window.countAtLeast(raw) + 0.5) / (window.size + 1));
    },
    learn(raw) {
      const largest = window.size === 0 ? 0 : window.at(window.size - 1);
      // One outage must not stretch the tail until the next one is ordinary.
      window.push(Math.min(raw, Math.max(10, STRETCH * largest)));
      fit = null;
    },
    scores: () => window.values(),
    restore(scores) {
      window.restore(scores);
      fit = null;
    },
  };
}

interface Fit {
  readonly threshold: number;
  readonly scale: number;
  readonly shape: number;
}

function fitTail(window: SortedWindow): Fit {
  const threshold = window.size === 0 ? 0 : window.quantile(1 - TAIL);
  const { mean, variance, count } = excesses(window, threshold);
  const trust = count / (count + 10);
  const own = variance > 0 ? 0.5 * (1 - (mean * mean) / variance) : 0;
  const shape = trust * Math.max(0, Math.min(0.6, own)) + (1 - trust) * PRIOR.shape;
  const pooled = (mean * count + PRIOR.scale * PRIOR.weight) / (count + PRIOR.weight);
  return { threshold, shape, scale: pooled * (1 - shape) };
}

function excesses(window: SortedWindow, threshold: number) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = window.size - 1; i >= 0 && window.at(i) > threshold; i -= 1) {
    const over = window.at(i) - threshold;
    count += 1;
    sum += over;
    squares += over * over;
  }
  const mean = count === 0 ? 0 : sum / count;
  return { count, mean, variance: count < 2 ? 0 : Math.max(0, squares / count - mean * mean) };
}

function tailProbability(fit: Fit, score: number): number {
  const over = (score - fit.threshold) / fit.scale;
  return TAIL * (1 + fit.shape * over) ** (-1 / fit.shape);
}
