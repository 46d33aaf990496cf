import type { Reading } from '../../domain/detection.ts';
import type { Detector } from '../detector.ts';
import { numbersOf } from '../memory/numbers.ts';
import type { Vector, VectorGaugeMaker } from './vector.ts';
import { VectorEnsemble } from './vector-ensemble.ts';

/** Makes detectors of one gauge each. */
export function calibratedVector(maker: VectorGaugeMaker): () => Detector<Vector> {
  return () => {
    const ensemble = new VectorEnsemble([maker]);
    const { panel, clock } = ensemble;
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
      snapshot: () => numbersOf((to) => ensemble.write(to)),
      restore: (state) => ensemble.restore(state),
    };
  };
}
