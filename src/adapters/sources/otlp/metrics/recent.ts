/** A bounded memory of what was used last, changed in turns: a turn that is not kept leaves no trace. */
export interface Recent<T> {
  begin(): Turn<T>;
  readonly size: number;
}

export interface Turn<T> {
  get(key: string): T | null;
  set(key: string, value: T): void;
  /** Keeps what was set; beyond `most` the ones that were set longest ago are forgotten. */
  keep(): void;
}

export function recent<T>(most: number): Recent<T> {
  // A Map iterates in the order of insertion, so what is deleted and set again is the youngest.
  const kept = new Map<string, T>();
  return {
    begin() {
      const staged = new Map<string, T>();
      return {
        get: (key) => staged.get(key) ?? kept.get(key) ?? null,
        set: (key, value) => staged.set(key, value),
        keep() {
          for (const [key, value] of staged) {
            kept.delete(key);
            kept.set(key, value);
          }
          for (const key of kept.keys()) {
            if (kept.size <= most) break;
            kept.delete(key);
          }
        },
      };
    },
    get size() {
      return kept.size;
    },
  };
}
