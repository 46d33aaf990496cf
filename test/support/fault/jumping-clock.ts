import type { Clock } from '../../../src/ports/clock.ts';
import { virtualClock } from '../virtual-clock.ts';

/** Time that a test moves, and a clock on the wall that it may set wrong: as with timers, a sleep lasts as long as it says. */
export interface JumpingClock extends Clock {
  advance(ms: number): Promise<void>;
  jump(ms: number): void;
}

export function jumpingClock(start: number): JumpingClock {
  const time = virtualClock(start);
  let wrong = 0;
  return {
    now: () => time.now() + wrong,
    sleep: time.sleep,
    advance: time.advance,
    jump(ms) {
      wrong += ms;
    },
  };
}
