import { LstmLayer, lstmWeights } from './lstm.ts';

/** The metrics with even numbers, or those with odd ones. */
export type Half = 0 | 1;

/**
 * Encoder and decoder (Malhotra et al. 2016): one layer reads the vectors of a window, the other begins with what the first one
 * remembers at the end, and gives the window back, the newest vector first. It is not told what it gave so far (the
 * unconditioned decoder of Srivastava et al. 2015): all that it knows went through the memory between them.
 *
 * It gives one half of the metrics back and reads the other one only, as a denoising autoencoder has to restore what was
 * masked (Vincent et al. 2008). So no metric can speak for itself, however much room the memory has.
 *
 * A window has `steps` numbers a metric, the oldest first, one metric after the other. All weights lie in one array: those of
 * the two layers, then those of each metric, from it to the encoder's gates and from the decoder to it. So windows and
 * weights only grow at their ends.
 */
export class LstmNetwork {
  readonly units: number;
  readonly steps: number;
  /** A window as it was given back; only the half that was asked for is good. */
  readonly rebuilt: Float64Array;
  /** For `learnFrom`: slopes of the loss by what was given back, which lie as that does. */
  readonly errors: Float64Array;
  /** From `learnFrom`: slopes of the loss by the weights, which lie as those do. */
  readonly slopes: Float64Array;
  private readonly encoder: LstmLayer;
  private readonly decoder: LstmLayer;
  private readonly decoderAt: number;
  private readonly metricsAt: number;
  private readonly metricWidth: number;

  constructor(units: number, steps: number, mostMetrics: number) {
    this.units = units;
    this.steps = steps;
    this.encoder = new LstmLayer(units, steps);
    this.decoder = new LstmLayer(units, steps);
    this.decoderAt = lstmWeights(units);
    this.metricsAt = 2 * this.decoderAt;
    this.metricWidth = this.encoder.width + units + 1;
    this.rebuilt = new Float64Array(steps * mostMetrics);
    this.errors = new Float64Array(steps * mostMetrics);
    this.slopes = new Float64Array(this.weights(mostMetrics));
  }

  /** How many there are of so many metrics. */
  weights(metrics: number): number {
    return this.metricsAt + metrics * this.metricWidth;
  }

  /** Where the biases of the two layers' forget gates lie, one a unit. */
  forgetBiases(): readonly number[] {
    const at = this.units * this.encoder.width + this.units;
    return [at, this.decoderAt + at];
  }

  /** Gives back one half of the newest vector. */
  rebuildNewest(weights: Float64Array, window: Float32Array, metrics: number, half: Half): void {
    this.encode(weights, window, metrics, half);
    this.decode(weights, metrics, half, 1);
  }

  /** Gives back one half of the whole window. */
  rebuild(weights: Float64Array, window: Float32Array, metrics: number, half: Half): void {
    this.encode(weights, window, metrics, half);
    this.decode(weights, metrics, half, this.steps);
  }

  /** After `rebuild` of the same: follows `errors` back to the weights, and adds to their `slopes`. */
  learnFrom(weights: Float64Array, window: Float32Array, metrics: number, half: Half): void {
    const { encoder, decoder, decoderAt, steps, slopes } = this;
    decoder.outputSlopes.fill(0);
    decoder.cellSlopes.fill(0);
    for (let step = steps; step >= 1; step -= 1) {
      this.backToOutput(step, weights, metrics, half);
      decoder.back(step, weights, decoderAt, slopes);
    }
    encoder.outputSlopes.set(decoder.outputSlopes);
    encoder.cellSlopes.set(decoder.cellSlopes);
    for (let step = steps; step >= 1; step -= 1) {
      encoder.back(step, weights, 0, slopes);
      this.backToInput(step, window, metrics, half);
    }
  }

  private encode(weights: Float64Array, window: Float32Array, metrics: number, half: Half): void {
    const { encoder, steps, metricsAt, metricWidth } = this;
    const { gates, width } = encoder;
    gates.fill(0);
    for (let step = 1; step <= steps; step += 1) {
      const to = step * width;
      for (let i = 1 - half; i < metrics; i += 2) {
        const value = window[i * steps + step - 1] ?? 0;
        const row = metricsAt + i * metricWidth;
        for (let g = 0; g < width; g += 1) {
          gates[to + g] = (gates[to + g] ?? 0) + value * (weights[row + g] ?? 0);
        }
      }
      encoder.step(step, weights, 0);
    }
  }

  private decode(weights: Float64Array, metrics: number, half: Half, vectors: number): void {
    const { encoder, decoder, decoderAt, steps, units } = this;
    for (let k = 0; k < units; k += 1) {
      decoder.outputs[k] = encoder.outputs[steps * units + k] ?? 0;
      decoder.cells[k] = encoder.cells[steps * units + k] ?? 0;
    }
    decoder.gates.fill(0);
    for (let step = 1; step <= vectors; step += 1) {
      decoder.step(step, weights, decoderAt);
      this.give(step, weights, metrics, half);
    }
  }

  private give(step: number, weights: Float64Array, metrics: number, half: Half): void {
    const { units, steps, rebuilt, metricsAt, metricWidth } = this;
    const { outputs, width } = this.decoder;
    const from = step * units;
    for (let i: number = half; i < metrics; i += 2) {
      const row = metricsAt + i * metricWidth + width;
      let sum = weights[row + units] ?? 0;
      for (let k = 0; k < units; k += 1) sum += (weights[row + k] ?? 0) * (outputs[from + k] ?? 0);
      rebuilt[i * steps + steps - step] = sum;
    }
  }

  private backToOutput(step: number, weights: Float64Array, metrics: number, half: Half): void {
    const { units, steps, errors, slopes, metricsAt, metricWidth } = this;
    const { outputs, outputSlopes, width } = this.decoder;
    const from = step * units;
    for (let i: number = half; i < metrics; i += 2) {
      const error = errors[i * steps + steps - step] ?? 0;
      const row = metricsAt + i * metricWidth + width;
      slopes[row + units] = (slopes[row + units] ?? 0) + error;
      for (let k = 0; k < units; k += 1) {
        slopes[row + k] = (slopes[row + k] ?? 0) + error * (outputs[from + k] ?? 0);
        outputSlopes[k] = (outputSlopes[k] ?? 0) + error * (weights[row + k] ?? 0);
      }
    }
  }

  private backToInput(step: number, window: Float32Array, metrics: number, half: Half): void {
    const { steps, slopes, metricsAt, metricWidth } = this;
    const { slopes: gateSlopes, width } = this.encoder;
    const from = step * width;
    for (let i = 1 - half; i < metrics; i += 2) {
      const value = window[i * steps + step - 1] ?? 0;
      const row = metricsAt + i * metricWidth;
      for (let g = 0; g < width; g += 1) {
        slopes[row + g] = (slopes[row + g] ?? 0) + value * (gateSlopes[from + g] ?? 0);
      }
    }
  }
}
