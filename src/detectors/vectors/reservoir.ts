import type { Numbers } from '../memory/numbers.ts';

/** Windows that are remembered. */
const ROOM = 32;
/** Windows that came since, after which one is forgotten, about. */
const MEMORY = 3000;

/**
 * Some windows of a source's past, so that training on what is now does not forget what was (experience replay; Lin 1992). A new
 * one takes the place of any, at first of every other one, as in reservoir sampling (Vitter 1985), later seldom.
 */
export class Reservoir {
  private readonly windows: readonly Float32Array[];
  private kept = 0;
  private offered = 0;

  constructor(mostNumbers: number) {
    this.windows = Array.from({ length: ROOM }, () => new Float32Array(mostNumbers));
  }

  /** The first `count` numbers of a window, kept or not as `chance`, [0,1), has it. */
  offer(window: Float32Array, count: number, chance: number): void {
    this.offered = Math.min(MEMORY, this.offered + 1);
    const place = this.kept < ROOM ? this.kept : Math.floor(chance * this.offered);
    const held = this.windows[place];
    if (held === undefined) return;
    this.kept = Math.max(this.kept, place + 1);
    for (let i = 0; i < count; i += 1) held[i] = window[i] ?? 0;
  }

  /** One of them, as `chance`, [0,1), has it; null while there is none. */
  any(chance: number): Float32Array | null {
    return this.kept === 0 ? null : (this.windows[Math.floor(chance * this.kept)] ?? null);
  }

  /** The first `count` numbers of each. */
  write(to: Numbers, count: number): void {
    to.addAll([this.offered, this.kept]);
    for (let i = 0; i < this.kept; i += 1) to.addAll(this.windows[i] ?? [], 0, count);
  }

  restore(state: Float64Array): void {
    const [offered = 0, kept = 0] = state;
    const count = (state.length - 2) / Math.max(1, kept);
    this.offered = offered;
    this.kept = kept;
    for (const [i, window] of this.windows.entries()) {
      window.fill(0);
      if (i < kept) window.set(state.subarray(2 + i * count, 2 + (i + 1) * count));
    }
  }
}
