import type { Numbers } from '../memory/numbers.ts';
import { split } from '../memory/parts.ts';
import { drawing } from './drawing.ts';
import { Residuals } from './isolation-residuals.ts';
import { IsolationTree } from './isolation-tree.ts';
import { FARTHEST } from './standards.ts';
import { MOST_METRICS, type VectorGauge, type VectorGaugeMaker } from './vector.ts';

const TREES = 32;
/** Points of the sample a tree is made of, and metrics that it looks at. */
const SAMPLE = 48;
const SIDES = 4;
/** Points that are remembered, for the trees to come; */
const REMEMBERED = 96;
/** and vectors after which about a third of them is left. */
const MEMORY = 3000;
/** A tree is made again after so many vectors, one after the other; sooner while there are few. */
const LONGEST_LIFE = 32;
/** Vectors learnt before it speaks. */
const NEEDED = 256;

/** What chance is asked for, so that no answer is used twice. */
const FOR_POINTS = 1;
const FOR_TREES = 2;

/** A residual as a whole number: 8 usual ones to either side, in so many steps each. */
const STEPS = 4095;
const MIDDLE = FARTHEST * STEPS;

/**
 * How far a vector is from where the source's vectors lie, by a forest of random cut trees: the share of the points that
 * it would displace in each (Guha et al. 2016, "Robust random cut forest"). It looks at what of each metric the others do
 * not explain. Trees are made one at a time of points that are remembered with a bias to the latest (Aggarwal 2006), each
 * over a few metrics: of 48 points and four metrics one is made in less than 0.1 ms, so that no vector waits for it.
 */
export function isolationForest(): VectorGaugeMaker {
  return { make: (seed) => new IsolationForest(seed), doubt: 1 };
}

interface Planted {
  /** By which chance chose its metrics, points and cuts; and among how many metrics. */
  readonly draw: number;
  readonly among: number;
  readonly metrics: Uint8Array;
  /** The coordinates of its points. */
  readonly sample: Uint16Array;
  readonly tree: IsolationTree;
}

class IsolationForest implements VectorGauge {
  readonly name = 'isolation-forest';
  readonly needed = NEEDED;
  private readonly seed: number;
  private readonly residuals = new Residuals();
  /** Point by point, `MOST_METRICS` coordinates each. */
  private readonly remembered = new Uint16Array(REMEMBERED * MOST_METRICS).fill(MIDDLE);
  private trees: Planted[] = [];
  private learnt = 0;
  private planted = 0;
  private metrics = 0;
  private readonly point = new Float64Array(SIDES);
  private readonly due = new Float64Array(SIDES);

  constructor(seed: number) {
    this.seed = seed;
  }

  get seen(): number {
    return this.learnt;
  }

  /** In points of a sample, squared share: 0 to 48. */
  distance(offsets: Float64Array): number {
    if (this.learnt < NEEDED) return Number.NaN;
    const coordinates = this.residuals.of(offsets).map(coordinateOf);
    let displaced = 0;
    for (const { tree, metrics } of this.trees) {
      displaced += tree.displacement(this.seenBy(metrics, coordinates), null);
    }
    return SAMPLE * (displaced / this.trees.length) ** 2;
  }

  shares(offsets: Float64Array): Float64Array {
    const shares = new Float64Array(offsets.length);
    const coordinates = this.residuals.of(offsets).map(coordinateOf);
    for (const { tree, metrics } of this.trees) {
      this.due.fill(0);
      tree.displacement(this.seenBy(metrics, coordinates), this.due);
      for (const [side, metric] of metrics.entries()) {
        shares[metric] = (shares[metric] ?? 0) + (this.due[side] ?? 0);
      }
    }
    return shares;
  }

  learn(offsets: Float64Array): void {
    this.metrics = offsets.length;
    this.learnt += 1;
    this.remember(this.residuals.learn(offsets));
    const life = Math.max(1, Math.min(LONGEST_LIFE, Math.floor(this.learnt / TREES)));
    if (this.metrics === 0 || this.learnt < SAMPLE || this.learnt % life !== 0) return;
    this.trees[this.planted % TREES] = this.plant();
    this.planted += 1;
  }

  write(to: Numbers): void {
    to.addAll([this.learnt, this.planted, this.metrics]);
    const residuals = to.open();
    this.residuals.write(to);
    to.close(residuals);
    const remembered = to.open();
    for (let at = 0; at < this.remembered.length; at += MOST_METRICS) {
      to.addAll(this.remembered, at, at + this.metrics);
    }
    to.close(remembered);
    for (const { draw, among, sample } of this.trees) {
      const tree = to.open();
      to.addAll([draw, among]);
      to.addAll(sample);
      to.close(tree);
    }
  }

  restore(state: Float64Array): void {
    const [learnt = 0, planted = 0, metrics = 0] = state;
    const [residuals, remembered, ...trees] = split(state.subarray(3));
    if (residuals === undefined || remembered?.length !== REMEMBERED * metrics) {
      throw new RangeError(`${state.length} numbers are not an isolation forest`);
    }
    this.learnt = learnt;
    this.planted = planted;
    this.metrics = metrics;
    this.residuals.restore(residuals);
    this.remembered.fill(MIDDLE);
    for (let i = 0; i < REMEMBERED; i += 1) {
      this.remembered.set(remembered.subarray(i * metrics, (i + 1) * metrics), i * MOST_METRICS);
    }
    this.trees = trees.map((one) => {
      const [draw = 0, among = 0] = one;
      return this.grown(draw, among, Uint16Array.from(one.subarray(2)));
    });
  }

  private seenBy(metrics: Uint8Array, coordinates: Float64Array): Float64Array {
    for (let side = 0; side < metrics.length; side += 1) {
      this.point[side] = coordinates[metrics[side] ?? 0] ?? MIDDLE;
    }
    return this.point;
  }

  /** Takes the place of a point by chance, so that older ones are the fewer the older they are. */
  private remember(residuals: Float64Array): void {
    const random = drawing(this.seed, FOR_POINTS, this.learnt);
    const isYoung = this.learnt <= REMEMBERED;
    if (!isYoung && random() >= Math.max(REMEMBERED / MEMORY, REMEMBERED / this.learnt)) return;
    const place = isYoung ? this.learnt - 1 : Math.floor(random() * REMEMBERED);
    for (let i = 0; i < residuals.length; i += 1) {
      this.remembered[place * MOST_METRICS + i] = coordinateOf(residuals[i] ?? 0);
    }
  }

  private plant(): Planted {
    const { planted: draw, metrics: among } = this;
    const metrics = metricsOf(this.seed, draw, among);
    const points = chosen(drawing(this.seed, FOR_TREES, draw, 1), Math.min(this.learnt, REMEMBERED), SAMPLE);
    const sample = Uint16Array.from(
      points.flatMap((point) => [...metrics].map((i) => this.remembered[point * MOST_METRICS + i] ?? MIDDLE)),
    );
    return this.grown(draw, among, sample);
  }

  private grown(draw: number, among: number, sample: Uint16Array): Planted {
    const metrics = metricsOf(this.seed, draw, among);
    const tree = new IsolationTree(sample.slice(), metrics.length, drawing(this.seed, FOR_TREES, draw, 2));
    return { draw, among, metrics, sample, tree };
  }
}

function coordinateOf(residual: number): number {
  return Math.round(MIDDLE + residual * STEPS);
}

/** Metrics that a tree looks at. */
function metricsOf(seed: number, draw: number, among: number): Uint8Array {
  return Uint8Array.from(chosen(drawing(seed, FOR_TREES, draw, 0), among, SIDES));
}

/** As many as asked for of the numbers below `among`, none twice; all when there are no more. */
function chosen(random: () => number, among: number, count: number): readonly number[] {
  const numbers = Array.from({ length: among }, (_, i) => i);
  const least = Math.max(0, among - count);
  for (let left = among; left > least; left -= 1) {
    const picked = Math.floor(random() * left);
    const last = numbers[left - 1] ?? 0;
    numbers[left - 1] = numbers[picked] ?? 0;
    numbers[picked] = last;
  }
  return numbers.slice(least);
}
