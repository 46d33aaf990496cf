/** Numbers one after another, in room that grows and is used again. */
export class Numbers {
  private held = new Float64Array(1024);
  length = 0;

  add(value: number): void {
    if (this.length === this.held.length) this.grow(1);
    this.held[this.length] = value;
    this.length += 1;
  }

  addAll(values: ArrayLike<number>, from = 0, to = values.length): void {
    if (this.length + to - from > this.held.length) this.grow(to - from);
    for (let i = from; i < to; i += 1) this.held[this.length + i - from] = values[i] ?? 0;
    this.length += to - from;
  }

  /** Leaves room for the number of those that follow; `close` with its answer writes it there. */
  open(): number {
    this.add(0);
    return this.length;
  }

  close(opened: number): void {
    this.held[opened - 1] = this.length - opened;
  }

  /** A view, good until the next change. */
  view(): Float64Array {
    return this.held.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  private grow(by: number): void {
    const longer = new Float64Array(2 * this.held.length + by);
    longer.set(this.view());
    this.held = longer;
  }
}

/** What `write` writes, as an array of its own. */
export function numbersOf(write: (to: Numbers) => void): Float64Array {
  const numbers = new Numbers();
  write(numbers);
  return numbers.view().slice();
}
