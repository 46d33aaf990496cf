import type { Reading } from '../../domain/detection.ts';
import type { Detector } from '../detector.ts';
import { numbersOf } from '../memory/numbers.ts';
import type { Vector, VectorGaugeMaker } from './vector.ts';
import { VectorPanel } from './vector-panel.ts';

/** Makes detectors of one gauge each. */
export function calibratedVector(maker: VectorGaugeMaker): () => Detector<Vector> {
  return () => {
    const panel = new VectorPanel([maker]);
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
        panel.learn(vector);
      },
      snapshot: () => numbersOf((to) => panel.write(to)),
      restore: (state) => panel.restore(state),
    };
  };
}
