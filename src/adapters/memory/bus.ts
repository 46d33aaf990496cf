import type { Bus, Change } from '../../ports/bus.ts';

/** A slow reader loses the oldest changes beyond this. */
const LIMIT = 1_000;

/** The bus of one process. */
export function memoryBus(): Bus {
  const readers = new Set<(change: Change) => void>();
  return {
    publish(change) {
      for (const tell of readers) tell(change);
    },
    subscribe(signal) {
      const waiting: Change[] = [];
      let wake: (() => void) | null = null;
      const tell = (change: Change): void => {
        waiting.push(change);
        if (waiting.length > LIMIT) waiting.shift();
        wake?.();
      };
      readers.add(tell);
      const leave = (): void => void readers.delete(tell);
      // Also for a subscription that nobody ever reads.
      const end = () => {
        leave();
        wake?.();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', end, { once: true });
      return drain(waiting, signal, {
        wait: () => new Promise((resolve) => (wake = resolve)),
        leave,
      });
    },
  };
}

interface Turn {
  wait(): Promise<void>;
  leave(): void;
}

async function* drain<T>(waiting: T[], signal: AbortSignal, turn: Turn): AsyncGenerator<T> {
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else await turn.wait();
    }
  } finally {
    turn.leave();
  }
}
