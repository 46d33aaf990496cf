import { describe, expect, it } from 'vitest';
import { type Half, LstmNetwork } from '../../../../src/detectors/vectors/lstm-network.ts';
import { sequence } from '../../../support/log-lines.ts';

const STEPS = 5;
/** A change of a weight over which a central difference is exact to about ten digits. */
const SMALL = 1e-5;

function learner(units: number, metrics: number, half: Half) {
  const random = sequence(units + metrics);
  const network = new LstmNetwork(units, STEPS, metrics);
  const weights = Float64Array.from({ length: network.weights(metrics) }, () => random() - 0.5);
  const window = Float32Array.from({ length: metrics * STEPS }, () => 6 * random() - 3);
  const asked = (at: number) => Math.floor(at / STEPS) % 2 === half;
  /** Half the squared error of what was asked for. */
  const loss = () => {
    network.rebuild(weights, window, metrics, half);
    return window.reduce(
      (sum, value, at) => sum + (asked(at) ? 0.5 * ((network.rebuilt[at] ?? 0) - value) ** 2 : 0),
      0,
    );
  };
  const slopes = () => {
    loss();
    for (const [at, value] of window.entries()) network.errors[at] = (network.rebuilt[at] ?? 0) - value;
    network.learnFrom(weights, window, metrics, half);
    return network.slopes;
  };
  return { network, weights, window, loss, slopes };
}

describe('an encoder and a decoder', () => {
  it.each([
    [3, 4, 0],
    [3, 4, 1],
    [2, 1, 0],
    [2, 1, 1],
    [5, 3, 1],
  ] as const)(
    'follows the error of %i units and %i metrics back as central differences do',
    (units, metrics, half) => {
      const { weights, loss, slopes } = learner(units, metrics, half);
      const found = slopes().slice();
      const largest = Math.max(...found.map(Math.abs));
      for (const [at, weight] of weights.entries()) {
        weights[at] = weight + SMALL;
        const above = loss();
        weights[at] = weight - SMALL;
        const below = loss();
        weights[at] = weight;
        const difference = (above - below) / (2 * SMALL);
        // Next to nothing is compared with the whole slope: rounding of the loss is all that is left of it.
        const size = Math.max(Math.abs(difference), 1e-4 * largest);
        expect(Math.abs((found[at] ?? 0) - difference)).toBeLessThanOrEqual(1e-5 * size);
      }
      expect(found.some((slope) => slope !== 0)).toBe(metrics > 1 || half === 0);
    },
  );

  it('gives a half back without having seen it', () => {
    const { network, weights, window } = learner(3, 4, 1);
    network.rebuild(weights, window, 4, 1);
    const before = network.rebuilt.slice(STEPS, 2 * STEPS);
    window.fill(7, STEPS, 2 * STEPS);
    network.rebuild(weights, window, 4, 1);
    expect(network.rebuilt.slice(STEPS, 2 * STEPS)).toEqual(before);
    window.fill(7, 0, STEPS);
    network.rebuild(weights, window, 4, 1);
    expect(network.rebuilt.slice(STEPS, 2 * STEPS)).not.toEqual(before);
  });

  it('gives the newest vector alone as it gives it with the window', () => {
    const { network, weights, window } = learner(3, 4, 0);
    network.rebuild(weights, window, 4, 0);
    const whole = network.rebuilt.slice();
    network.rebuilt.fill(0);
    network.rebuildNewest(weights, window, 4, 0);
    for (const metric of [0, 2]) {
      const newest = (metric + 1) * STEPS - 1;
      expect(network.rebuilt[newest]).toBe(whole[newest]);
    }
  });
});
