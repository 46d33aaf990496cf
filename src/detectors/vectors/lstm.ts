/** Gates of a cell: input, forget, output, and what is new. */
const GATES = 4;

/** Weights of a layer: a row of `4 * units` for each unit of the step before, and one of biases. */
export function lstmWeights(units: number): number {
  return (units + 1) * GATES * units;
}

/**
 * A layer of long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) over a
 * number of steps. It has the weights between its own steps; what an input adds to its gates is added by who has the input.
 * Steps count from 1; step 0 is the state in which it begins.
 */
export class LstmLayer {
  readonly units: number;
  /** Numbers of all gates of one step. */
  readonly width: number;
  /** What comes out of each step, (-1,1), `units` numbers a step. */
  readonly outputs: Float64Array;
  /** The memory of each step. */
  readonly cells: Float64Array;
  /** Before a step what the input adds to each gate, after it how far they are open, `width` numbers a step. */
  readonly gates: Float64Array;
  /** Slopes of the loss by what went into the gates. */
  readonly slopes: Float64Array;
  /** Slopes by the output and the memory of the step that `back` is at: before it of that step, after it of the one before. */
  readonly outputSlopes: Float64Array;
  readonly cellSlopes: Float64Array;
  /** Hyperbolic tangents of the memory. */
  private readonly squashed: Float64Array;

  constructor(units: number, steps: number) {
    this.units = units;
    this.width = GATES * units;
    this.outputs = new Float64Array((steps + 1) * units);
    this.cells = new Float64Array((steps + 1) * units);
    this.squashed = new Float64Array((steps + 1) * units);
    this.gates = new Float64Array((steps + 1) * this.width);
    this.slopes = new Float64Array((steps + 1) * this.width);
    this.outputSlopes = new Float64Array(units);
    this.cellSlopes = new Float64Array(units);
  }

  /** Makes step `step` of the one before it, with the weights that begin at `at`. */
  step(step: number, weights: Float64Array, at: number): void {
    this.addWhatCame(step, weights, at);
    const { units, width, outputs, cells, gates, squashed } = this;
    const from = step * width;
    const to = step * units;
    for (let g = from; g < from + 3 * units; g += 1) gates[g] = sigmoid(gates[g] ?? 0);
    for (let k = 0; k < units; k += 1) {
      const fresh = tanh(gates[from + 3 * units + k] ?? 0);
      const kept = (gates[from + units + k] ?? 0) * (cells[to - units + k] ?? 0);
      const cell = kept + (gates[from + k] ?? 0) * fresh;
      const small = tanh(cell);
      gates[from + 3 * units + k] = fresh;
      cells[to + k] = cell;
      squashed[to + k] = small;
      outputs[to + k] = (gates[from + 2 * units + k] ?? 0) * small;
    }
  }

  /** Back through step `step`; adds to the slopes of the weights, which lie as those do. */
  back(step: number, weights: Float64Array, at: number, weightSlopes: Float64Array): void {
    this.backThroughGates(step);
    const { units, width, outputs, slopes, outputSlopes } = this;
    const from = step * width;
    const before = (step - 1) * units;
    const biases = at + units * width;
    for (let g = 0; g < width; g += 1) {
      weightSlopes[biases + g] = (weightSlopes[biases + g] ?? 0) + (slopes[from + g] ?? 0);
    }
    for (let k = 0; k < units; k += 1) {
      const output = outputs[before + k] ?? 0;
      const row = at + k * width;
      let sum = 0;
      for (let g = 0; g < width; g += 1) {
        const slope = slopes[from + g] ?? 0;
        sum += slope * (weights[row + g] ?? 0);
        weightSlopes[row + g] = (weightSlopes[row + g] ?? 0) + slope * output;
      }
      outputSlopes[k] = sum;
    }
  }

  /** To the gates: what came out of the step before, and the biases. */
  private addWhatCame(step: number, weights: Float64Array, at: number): void {
    const { units, width, outputs, gates } = this;
    const to = step * width;
    const before = (step - 1) * units;
    const biases = at + units * width;
    for (let g = 0; g < width; g += 1) gates[to + g] = (gates[to + g] ?? 0) + (weights[biases + g] ?? 0);
    for (let k = 0; k < units; k += 1) {
      const output = outputs[before + k] ?? 0;
      const row = at + k * width;
      for (let g = 0; g < width; g += 1) {
        gates[to + g] = (gates[to + g] ?? 0) + output * (weights[row + g] ?? 0);
      }
    }
  }

  private backThroughGates(step: number): void {
    const { units, width, cells, gates, slopes, squashed, outputSlopes, cellSlopes } = this;
    const at = step * width;
    const before = (step - 1) * units;
    for (let k = 0; k < units; k += 1) {
      const input = gates[at + k] ?? 0;
      const forget = gates[at + units + k] ?? 0;
      const output = gates[at + 2 * units + k] ?? 0;
      const fresh = gates[at + 3 * units + k] ?? 0;
      const small = squashed[before + units + k] ?? 0;
      const byOutput = outputSlopes[k] ?? 0;
      const byCell = (cellSlopes[k] ?? 0) + byOutput * output * (1 - small * small);
      slopes[at + k] = byCell * fresh * input * (1 - input);
      slopes[at + units + k] = byCell * (cells[before + k] ?? 0) * forget * (1 - forget);
      slopes[at + 2 * units + k] = byOutput * small * output * (1 - output);
      slopes[at + 3 * units + k] = byCell * input * (1 - fresh * fresh);
      cellSlopes[k] = byCell * forget;
    }
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** One exponential, where `Math.tanh` takes three times as long. */
function tanh(x: number): number {
  return 1 - 2 / (Math.exp(2 * x) + 1);
}
