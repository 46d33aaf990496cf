/** Rates per second of counters that are read again and again. */
export interface Rates {
  /** Of each counter that was read before too; none of one that has shrunk, or when the clock was set back. */
  per(counters: ReadonlyMap<string, number>, now: number): ReadonlyMap<string, number>;
}

/** It remembers one reading, so what is gone (an interface, a process) is forgotten. */
export function rates(): Rates {
  let before: ReadonlyMap<string, number> = new Map();
  let at = 0;
  return {
    per(counters, now) {
      const seconds = (now - at) / 1000;
      const found = new Map<string, number>();
      for (const [name, count] of counters) {
        const last = before.get(name);
        if (last !== undefined && count >= last && seconds > 0) found.set(name, (count - last) / seconds);
      }
      before = counters;
      at = now;
      return found;
    },
  };
}
