import { describe, expect, it } from 'vitest';
import { LstmNetwork } from '../../../../src/detectors/vectors/lstm-network.ts';
import { LstmTraining } from '../../../../src/detectors/vectors/lstm-training.ts';
import { gaussian } from '../../../support/series.ts';

const METRICS = 6;
const STEPS = 8;

/** Waves of one period, each with a phase of its own, and a little noise. */
function waves(i: number): Float32Array {
  const noise = gaussian(i);
  return Float32Array.from({ length: METRICS * STEPS }, (_, at) => {
    const time = i + (at % STEPS);
    return 1.5 * Math.sin((2 * Math.PI * time) / 48 + Math.floor(at / STEPS)) + 0.05 * noise();
  });
}

describe('training', () => {
  it('lets the error of a seasonal signal of several metrics fall several-fold', () => {
    const network = new LstmNetwork(6, STEPS, METRICS);
    const training = new LstmTraining(network, METRICS, 1);
    const error = (i: number) => {
      let sum = 0;
      for (const half of [0, 1] as const) network.rebuild(training.weights, waves(i), METRICS, half);
      for (const [at, value] of waves(i).entries()) sum += Math.abs((network.rebuilt[at] ?? 0) - value);
      return sum / (METRICS * STEPS);
    };
    const errors = Array.from({ length: 2000 }, (_, i) => {
      training.learn(waves(i), METRICS);
      return error(i + 1);
    });
    const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / part.length;
    expect(mean(errors.slice(-48))).toBeLessThan(mean(errors.slice(0, 48)) / 5);
  });
});
