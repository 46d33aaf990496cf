import type { Random } from './drawing.ts';

/** No child: a leaf. */
const LEAF = -1;
/** A point that is that sure to lie with the others needs no closer look. */
const SURE = 1e-4;

/**
 * A random cut tree (Guha et al. 2016) over a sample of points whose coordinates are whole numbers from 0 to 65,535. Each
 * node has the box of its points and cuts it at random, a longer side the likelier. It is made again of the same sample
 * by the same random numbers.
 */
export class IsolationTree {
  private readonly sides: number;
  /** A node: its left child and its right one, `LEAF` for none, the side it cuts, and the first coordinate right of the cut. */
  private readonly left: Int16Array;
  private readonly right: Int16Array;
  private readonly side: Uint8Array;
  private readonly cut: Uint16Array;
  /** A node: points, */
  private readonly points: Uint16Array;
  /** and the box of them, a number a side. */
  private readonly low: Uint16Array;
  private readonly high: Uint16Array;
  private nodes = 0;

  /** @param sample point by point, `sides` coordinates each; its order is changed. */
  constructor(sample: Uint16Array, sides: number, random: Random) {
    const most = (2 * sample.length) / sides;
    this.sides = sides;
    this.left = new Int16Array(most).fill(LEAF);
    this.right = new Int16Array(most).fill(LEAF);
    this.side = new Uint8Array(most);
    this.cut = new Uint16Array(most);
    this.points = new Uint16Array(most);
    this.low = new Uint16Array(most * sides);
    this.high = new Uint16Array(most * sides);
    this.grow(sample, random);
  }

  /**
   * Share of the sample that is expected to lie deeper once the point is put in, 0..1: where a random cut of a node's box
   * and the point would part the two, all of the node's points are displaced.
   * @param due to which is added, side by side, how much of the answer is due to it; null when nobody asks.
   */
  displacement(point: Float64Array, due: Float64Array | null): number {
    const { sides, points } = this;
    const all = points[0] ?? 1;
    let together = 1;
    let displaced = 0;
    for (let node = 0; node !== LEAF && together > SURE; node = this.childOf(node, point)) {
      const outside = this.outside(node, point);
      if (outside === 0) continue;
      const parted = outside / (outside + this.extent(node));
      const share = (together * parted * (points[node] ?? 0)) / all;
      displaced += share;
      together *= 1 - parted;
      if (due === null) continue;
      for (let side = 0; side < sides; side += 1) {
        due[side] = (due[side] ?? 0) + (share * this.beyond(node, side, point[side] ?? 0)) / outside;
      }
    }
    return displaced;
  }

  private childOf(node: number, point: Float64Array): number {
    const isLeft = (point[this.side[node] ?? 0] ?? 0) < (this.cut[node] ?? 0);
    return (isLeft ? this.left[node] : this.right[node]) ?? LEAF;
  }

  /** How far the point is from the node's box, all sides together. */
  private outside(node: number, point: Float64Array): number {
    let outside = 0;
    for (let side = 0; side < this.sides; side += 1) outside += this.beyond(node, side, point[side] ?? 0);
    return outside;
  }

  private beyond(node: number, side: number, at: number): number {
    const low = this.low[node * this.sides + side] ?? 0;
    const high = this.high[node * this.sides + side] ?? 0;
    return at < low ? low - at : Math.max(0, at - high);
  }

  /** Of the node's box, all sides together. */
  private extent(node: number): number {
    let extent = 0;
    for (let side = 0; side < this.sides; side += 1) extent += this.length(node, side);
    return extent;
  }

  private length(node: number, side: number): number {
    const at = node * this.sides + side;
    return (this.high[at] ?? 0) - (this.low[at] ?? 0);
  }

  /** The node of these coordinates and all below it; answers its number. */
  private grow(sample: Uint16Array, random: Random): number {
    const node = this.nodes;
    this.nodes += 1;
    this.points[node] = sample.length / this.sides;
    this.bound(node, sample);
    const extent = this.extent(node);
    if (extent === 0) return node;
    let along = random() * extent;
    let side = 0;
    while (side < this.sides - 1 && along >= this.length(node, side)) {
      along -= this.length(node, side);
      side += 1;
    }
    const low = this.low[node * this.sides + side] ?? 0;
    const cut = low + 1 + Math.min(Math.floor(along), this.length(node, side) - 1);
    const middle = this.part(sample, side, cut);
    this.side[node] = side;
    this.cut[node] = cut;
    this.left[node] = this.grow(sample.subarray(0, middle), random);
    this.right[node] = this.grow(sample.subarray(middle), random);
    return node;
  }

  private bound(node: number, sample: Uint16Array): void {
    const { sides, low, high } = this;
    const first = node * sides;
    low.set(sample.subarray(0, sides), first);
    high.set(sample.subarray(0, sides), first);
    for (let i = 0; i < sample.length; i += 1) {
      const at = first + (i % sides);
      const coordinate = sample[i] ?? 0;
      if (coordinate < (low[at] ?? 0)) low[at] = coordinate;
      else if (coordinate > (high[at] ?? 0)) high[at] = coordinate;
    }
  }

  /** Points left of the cut come first; answers where the others begin. */
  private part(sample: Uint16Array, side: number, cut: number): number {
    const { sides } = this;
    let middle = 0;
    for (let point = 0; point < sample.length; point += sides) {
      if ((sample[point + side] ?? 0) >= cut) continue;
      for (let i = 0; i < sides; i += 1) {
        const moved = sample[middle + i] ?? 0;
        sample[middle + i] = sample[point + i] ?? 0;
        sample[point + i] = moved;
      }
      middle += sides;
    }
    return middle;
  }
}
