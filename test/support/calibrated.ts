import { ObservedTime } from '../../src/detectors/calibration/observed-time.ts';
import { type Detector, type Gauge, type Point, usablePoint } from '../../src/detectors/detector.ts';
import { Desk } from '../../src/detectors/memory/desk.ts';
import { numbersOf } from '../../src/detectors/memory/numbers.ts';
import { type Kept, restoreParts, writeParts } from '../../src/detectors/memory/parts.ts';
import { gaugesOf } from '../../src/detectors/points/gauges.ts';
import { Panel } from '../../src/detectors/points/panel.ts';
import type { Vector, VectorGaugeMaker } from '../../src/detectors/vectors/vector.ts';
import { VectorPanel } from '../../src/detectors/vectors/vector-panel.ts';
import type { Reading } from '../../src/domain/detection.ts';

/** Gauges sit in panels; each by itself is a detector as the contract has them. */
interface AnyPanel<In> {
  readonly names: readonly string[];
  readonly needed: number;
  readonly seen: number;
  measure(input: In): void;
  readings(input: In): readonly Reading[];
  learn(input: In): void;
}

/** Makes detectors of one gauge of points each. */
export function calibrated(gauge: (desk: Desk) => Gauge): () => Detector<Point> {
  return () => {
    const desk = new Desk();
    const clock = new ObservedTime(desk);
    const panel = new Panel(desk, clock, (at) => gaugesOf([gauge(at)]));
    return alone(panel, clock, [desk], usablePoint);
  };
}

/** Makes detectors of one gauge of vectors each. */
export function calibratedVector(maker: VectorGaugeMaker): () => Detector<Vector> {
  return () => {
    const desk = new Desk();
    const clock = new ObservedTime(desk);
    const panel = new VectorPanel(desk, clock, [maker]);
    return alone(panel, clock, [desk, panel], (vector) => vector);
  };
}

/** `usable`: the input as a panel takes it, null for none. */
function alone<In extends { readonly time: number }>(
  panel: AnyPanel<In>,
  clock: ObservedTime,
  kept: readonly Kept[],
  usable: (input: In) => In | null,
): Detector<In> {
  return {
    name: panel.names[0] ?? '',
    needed: panel.needed,
    get seen() {
      return panel.seen;
    },
    score(raw) {
      const input = usable(raw);
      if (input === null) return null;
      panel.measure(input);
      return panel.readings(input)[0] ?? null;
    },
    learn(raw) {
      const input = usable(raw);
      if (input === null) return;
      panel.measure(input);
      clock.pass(input.time);
      panel.learn(input);
    },
    snapshot: () => numbersOf((to) => writeParts(kept, to)),
    restore: (state) => restoreParts(kept, state),
  };
}
