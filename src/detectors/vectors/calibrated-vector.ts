import type { Reading } from '../../domain/detection.ts';
import { ObservedTime } from '../calibration/observed-time.ts';
import type { Detector } from '../detector.ts';
import { Desk } from '../memory/desk.ts';
import { numbersOf } from '../memory/numbers.ts';
import { restoreParts, writeParts } from '../memory/split.ts';
import type { Vector, VectorGaugeMaker } from './vector.ts';
import { VectorPanel } from './vector-panel.ts';

/** Makes detectors of one gauge each. */
export function calibratedVector(maker: VectorGaugeMaker): () => Detector<Vector> {
  return () => {
    const desk = new Desk();
    const clock = new ObservedTime(desk);
    const panel = new VectorPanel(desk, clock, [maker]);
    return {
      name: panel.names[0] ?? '',
      needed: panel.needed,
      get seen() {
        return panel.seen;
      },
      score(vector): Reading | null {
        panel.measure(vector);
        return panel.readings(vector)[0] ?? null;
      },
      learn(vector) {
        panel.measure(vector);
        clock.pass(vector.time);
        panel.learn(vector);
      },
      snapshot: () => numbersOf((to) => writeParts([desk, panel], to)),
      restore: (state) => restoreParts([desk, panel], state),
    };
  };
}
