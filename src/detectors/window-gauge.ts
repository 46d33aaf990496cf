import { type Gauge, type Measure, type Point, usable } from './detector.ts';
import { type SortedWindow, sortedWindow } from './window.ts';

export interface WindowGauge {
  readonly name: string;
  /** Points that it remembers. */
  readonly window: number;
  /** Points before it measures. */
  readonly warmUp: number;
  measure(window: SortedWindow, point: Point): Measure;
}

/** A gauge whose whole memory is the sorted window of the newest points. */
export function windowGauge({ name, window: size, warmUp, measure }: WindowGauge): Gauge {
  const window = sortedWindow(size);
  let seen = 0;
  return {
    name,
    sturdy: false,
    get seen() {
      return seen;
    },
    needed: warmUp,
    measure: (point) => (seen < warmUp ? null : measure(window, point)),
    learn({ value }) {
      window.push(usable(value) ?? 0);
      seen += 1;
    },
    snapshot: () => [seen, ...window.values()],
    restore(state) {
      seen = state[0] ?? 0;
      window.restore(state.subarray(1));
    },
  };
}
