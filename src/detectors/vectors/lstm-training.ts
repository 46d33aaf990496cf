import type { Numbers } from '../memory/numbers.ts';
import { split } from '../memory/parts.ts';
import { Adam } from './adam.ts';
import { drawing } from './drawing.ts';
import type { Half, LstmNetwork } from './lstm-network.ts';
import { Reservoir } from './reservoir.ts';

/** How far a step moves a weight: at first, in the long run, and the steps after which it is halfway. */
const RATE = { first: 0.01, last: 0.001, half: 500 } as const;
/** The largest slope of one error, in usual distances (Huber 1964): what is strange is no better a teacher than the rest. */
const MOST_ERROR = 1;
/** Bias of the forget gates at first (Gers et al. 2000): a memory that remembers. */
const REMEMBERING = 1;

/** What chance is asked for, so that no answer is used twice. */
const FOR_WINDOWS = 1;
const FOR_WEIGHTS = 2;

/**
 * Trains the weights of a network with each vector that comes: one whole step, over the window that ends with it and a
 * remembered one, each of which has the other half of the metrics given back. So weights that know a vector judge from the next one on,
 * and nothing is left half done when it is saved.
 */
export class LstmTraining {
  /** As the network has them, of the metrics that came so far. */
  readonly weights: Float64Array;
  private readonly network: LstmNetwork;
  private readonly adam: Adam;
  private readonly reservoir: Reservoir;
  private readonly seed: number;
  private metrics = 0;
  /** Windows that came, each of which made a step. */
  private steps = 0;

  constructor(network: LstmNetwork, mostMetrics: number, seed: number) {
    const count = network.weights(mostMetrics);
    this.network = network;
    this.weights = new Float64Array(count);
    this.adam = new Adam(count);
    this.reservoir = new Reservoir(network.steps * mostMetrics);
    this.seed = seed;
  }

  /** A window that came, of at least as many metrics as before. */
  learn(window: Float32Array, metrics: number): void {
    if (metrics > this.metrics) this.grow(metrics);
    this.steps += 1;
    const random = drawing(this.seed, FOR_WINDOWS, this.steps);
    this.reservoir.offer(window, metrics * this.network.steps, random());
    const remembered = this.reservoir.any(random());
    if (remembered !== null) this.train(window, remembered);
  }

  write(to: Numbers): void {
    const { adam, reservoir, network, metrics } = this;
    const count = network.weights(metrics);
    to.addAll([metrics, this.steps]);
    to.addAll(this.weights, 0, count);
    const ofAdam = to.open();
    adam.write(to, count);
    to.close(ofAdam);
    const ofReservoir = to.open();
    reservoir.write(to, metrics * network.steps);
    to.close(ofReservoir);
  }

  /** @throws RangeError when the numbers are not what `write` wrote. */
  restore(state: Float64Array): void {
    const [metrics = 0, steps = 0] = state;
    const end = 2 + this.network.weights(metrics);
    const [ofAdam, ofReservoir] = split(state.subarray(end));
    if (ofAdam === undefined || ofReservoir === undefined) {
      throw new RangeError(`${state.length} numbers of training for ${metrics} metrics`);
    }
    this.metrics = metrics;
    this.steps = steps;
    this.weights.fill(0).set(state.subarray(2, end));
    this.adam.restore(ofAdam);
    this.reservoir.restore(ofReservoir);
  }

  /** The weights of metrics that are new, and at first those of the layers, are drawn. */
  private grow(metrics: number): void {
    const { network, weights } = this;
    const known = this.metrics === 0 ? 0 : network.weights(this.metrics);
    const random = drawing(this.seed, FOR_WEIGHTS, metrics);
    const most = 1 / Math.sqrt(network.units);
    for (let i = known; i < network.weights(metrics); i += 1) {
      weights[i] = Math.fround(most * (2 * random() - 1));
    }
    if (known === 0) {
      for (const at of network.forgetBiases()) weights.fill(REMEMBERING, at, at + network.units);
    }
    this.metrics = metrics;
  }

  private train(window: Float32Array, remembered: Float32Array): void {
    const { network, metrics, weights, adam } = this;
    const isOdd = this.steps % 2 === 1;
    this.follow(window, isOdd ? 1 : 0);
    this.follow(remembered, isOdd ? 0 : 1);
    const rate = RATE.last + (RATE.first - RATE.last) / (1 + this.steps / RATE.half);
    adam.step(weights, network.slopes, network.weights(metrics), rate);
  }

  /** Slopes of the mean error over the metrics. */
  private follow(window: Float32Array, half: Half): void {
    const { network, metrics, weights } = this;
    const { errors, rebuilt, steps } = network;
    network.rebuild(weights, window, metrics, half);
    for (let i: number = half; i < metrics; i += 2) {
      for (let at = i * steps; at < (i + 1) * steps; at += 1) {
        const error = (rebuilt[at] ?? 0) - (window[at] ?? 0);
        errors[at] = Math.max(-MOST_ERROR, Math.min(MOST_ERROR, error)) / metrics;
      }
    }
    network.learnFrom(weights, window, metrics, half);
  }
}
