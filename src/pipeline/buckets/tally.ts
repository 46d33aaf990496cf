/** Counts by small whole numbers. Cleared, it serves again: a line counts into one, so nothing is made for it. */
export class Tally {
  /** How many numbers were counted. */
  size = 0;
  /** By number. */
  private readonly counts: number[] = [];
  /** In the order in which they were counted first; those from `size` on are of before. */
  private readonly numbers: number[] = [];

  add(number: number, count = 1): void {
    while (this.counts.length <= number) this.counts.push(0);
    const before = this.of(number);
    if (before === 0) {
      this.numbers[this.size] = number;
      this.size += 1;
    }
    this.counts[number] = before + count;
  }

  /** The number that was counted as the `place`-th, from 0. */
  at(place: number): number {
    return this.numbers[place] ?? 0;
  }

  of(number: number): number {
    return this.counts[number] ?? 0;
  }

  clear(): void {
    for (let place = 0; place < this.size; place += 1) this.counts[this.at(place)] = 0;
    this.size = 0;
  }

  entries(): readonly (readonly [number: number, count: number])[] {
    return this.numbers.slice(0, this.size).map((number) => [number, this.of(number)] as const);
  }
}
