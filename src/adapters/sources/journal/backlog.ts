/** Records that are accepted and not yet worked off, of all receivers of a workspace together. */
export interface Backlog {
  /** The share of one receiver. */
  share(): Share;
  readonly waiting: number;
}

export interface Share {
  /** Takes room for so many, or answers false and takes none. */
  take(count: number): boolean;
  give(count: number): void;
  /** What waits of this receiver, whatever was counted before. */
  set(count: number): void;
  /** What is there already, whether there is room or not. */
  add(count: number): void;
}

/** Records that absorb a stalled store. */
export const BACKLOG_LIMIT = 100_000;

/** What comes while it is full is refused; one request may fill an empty one alone. */
export function createBacklog(limit = BACKLOG_LIMIT): Backlog {
  let waiting = 0;
  return {
    share() {
      let own = 0;
      const add = (count: number): void => {
        const next = Math.max(0, own + count);
        waiting += next - own;
        own = next;
      };
      return {
        take(count) {
          if (waiting > 0 && waiting + count > limit) return false;
          add(count);
          return true;
        },
        add,
        give: (count) => add(-count),
        set: (count) => add(count - own),
      };
    },
    get waiting() {
      return waiting;
    },
  };
}
