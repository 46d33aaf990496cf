import { z } from 'zod';
import { calibrated } from './calibrate.ts';
import {
  type Detector,
  distance,
  excess,
  type Gauge,
  type Measure,
  type Point,
  type Side,
  usable,
} from './detector.ts';

export const movingAverageOptions = z.object({
  level: z.number().gt(0).lt(1).default(0.2).describe('Share of a new point in the level.'),
  trend: z.number().min(0).lt(1).default(0.02).describe('Share of a new step in the trend.'),
  warmUp: z.number().int().min(5).default(20).describe('Points before it speaks.'),
  clip: z
    .number()
    .positive()
    .default(2)
    .describe('Deviations beyond which a point moves the level no further.'),
});
export type MovingAverageOptions = z.infer<typeof movingAverageOptions>;

/**
 * Distance from an exponentially smoothed level with damped trend (Holt), in usual one-step errors. Errors are clipped before
 * they move the level (Gelper, Fried and Croux 2010), so an outage does not become the expectation at once.
 */
export function movingAverage(
  side: Side,
  options: MovingAverageOptions = movingAverageOptions.parse({}),
): Detector<Point> {
  return calibrated(gauge(side, options));
}

interface State {
  seen: number;
  level: number;
  trend: number;
  /** Usual absolute one-step error. */
  error: number;
}

function gauge(side: Side, options: MovingAverageOptions): Gauge {
  const state: State = { seen: 0, level: 0, trend: 0, error: 0 };
  return {
    name: 'moving-average',
    sturdy: true,
    get seen() {
      return state.seen;
    },
    needed: options.warmUp,
    measure: (point) => (state.seen < options.warmUp ? null : measure(state, point, side)),
    learn: (point) => learn(state, usable(point.value) ?? 0, options),
    snapshot: () => [state.seen, state.level, state.trend, state.error],
    restore([seen = 0, level = 0, trend = 0, error = 0]) {
      Object.assign(state, { seen, level, trend, error });
    },
  };
}

function measure(state: State, point: Point, side: Side): Measure {
  const baseline = state.level + state.trend;
  const spread = spreadOf(state);
  const raw = distance(excess(point.value, baseline, baseline, side), spread, point.weight);
  return { raw, baseline, spread, expected: [baseline - 3 * spread, baseline + 3 * spread] };
}

/** Mean absolute error as a standard deviation (1.25 for a normal one), with the same floor as the other detectors. */
function spreadOf(state: State): number {
  return Math.max(1.2533 * state.error, 0.05 * Math.abs(state.level));
}

const DAMPING = 0.9;

function learn(state: State, value: number, options: MovingAverageOptions): void {
  state.seen += 1;
  if (state.seen === 1) {
    state.level = value;
    return;
  }
  const expected = state.level + state.trend;
  const error = value - expected;
  // While young, it averages evenly instead of trusting its first points.
  const share = Math.max(options.level, 1 / state.seen);
  const bound = state.seen <= options.warmUp ? Number.POSITIVE_INFINITY : options.clip * spreadOf(state);
  const clipped = Math.max(-bound, Math.min(bound, error));
  state.level = expected + share * clipped;
  state.trend = DAMPING * state.trend + options.trend * clipped;
  state.error += Math.max(0.05, 1 / state.seen) * (Math.min(Math.abs(error), 2 * bound) - state.error);
}
