import type { Numbers } from './numbers.ts';
import { doubles, shorts, singles } from './slab.ts';

/** What a series has learnt, as plain numbers: each part of its detectors has its place among them. */
export interface Cells {
  readonly doubles: Float64Array;
  readonly singles: Float32Array;
  /** Whole numbers from 0 to 65,535. */
  readonly shorts: Uint16Array;
  /** What can be made again of the others: never written, and 0 where it has to be made. */
  readonly made: Float64Array;
}

const NONE: Cells = {
  doubles: new Float64Array(),
  singles: new Float32Array(),
  shorts: new Uint16Array(),
  made: new Float64Array(),
};

/**
 * Where the cells lie that its parts read and write. A detector of its own has a desk of its own. Tens of thousands of
 * series have the same detectors: these sit around one desk, and the cells of one series after the other are laid on it.
 * So what a series has learnt lies together, which is what reading it costs.
 */
export class Desk implements Cells {
  doubles = NONE.doubles;
  singles = NONE.singles;
  shorts = NONE.shorts;
  made = NONE.made;

  /** Where so many numbers are that begin as `first`. Places are taken before the first cells are laid. */
  place(count = 1, first = 0): number {
    const { doubles: before } = this;
    this.doubles = new Float64Array(before.length + count).fill(first);
    this.doubles.set(before);
    return before.length;
  }

  placeSingles(count: number): number {
    const at = this.singles.length;
    this.singles = new Float32Array(at + count);
    return at;
  }

  placeShorts(count: number): number {
    const at = this.shorts.length;
    this.shorts = new Uint16Array(at + count);
    return at;
  }

  placeMade(count: number): number {
    const at = this.made.length;
    this.made = new Float64Array(at + count);
    return at;
  }

  lay(cells: Cells): void {
    this.doubles = cells.doubles;
    this.singles = cells.singles;
    this.shorts = cells.shorts;
    this.made = cells.made;
  }

  /** What lies on it. */
  write(to: Numbers): void {
    to.addAll(this.doubles);
    to.addAll(this.singles);
    to.addAll(this.shorts);
  }

  /** @throws RangeError when the numbers are not those of such cells. */
  restore(state: Float64Array): void {
    const singlesAt = this.doubles.length;
    const shortsAt = singlesAt + this.singles.length;
    const end = shortsAt + this.shorts.length;
    if (state.length !== end) throw new RangeError(`${state.length} numbers for ${end} cells`);
    this.doubles.set(state.subarray(0, singlesAt));
    this.singles.set(state.subarray(singlesAt, shortsAt));
    this.shorts.set(state.subarray(shortsAt));
    this.made.fill(0);
  }
}

/** Others like these, that learn for themselves. */
export function copyOf(cells: Cells): Cells {
  const copy = {
    doubles: doubles(cells.doubles.length),
    singles: singles(cells.singles.length),
    shorts: shorts(cells.shorts.length),
    made: doubles(cells.made.length),
  };
  copy.doubles.set(cells.doubles);
  copy.singles.set(cells.singles);
  copy.shorts.set(cells.shorts);
  return copy;
}
