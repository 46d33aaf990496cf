import type { Clock } from '../../src/ports/clock.ts';

export interface VirtualClock extends Clock {
  /** Moves time on, waking sleepers in order and letting what they start settle in between. */
  advance(ms: number): Promise<void>;
  /** Lets everything that is ready happen; no time passes. */
  settle(): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that stands still until a test moves it. */
export function virtualClock(start = Date.UTC(2026, 0, 5, 12)): VirtualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const sleeper: Sleeper = {
          at: now + ms,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await turns();
      for (;;) {
        const next = [...sleepers].filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        now = Math.max(now, next.at);
        next.wake();
        await turns();
      }
      now = end;
    },
    settle: turns,
  };
}

/** Enough turns of the event loop for anything that does not wait for time or the outside. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
