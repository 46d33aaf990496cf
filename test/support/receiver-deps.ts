import { systemClock } from '../../src/adapters/system/clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';

/** What a receiver is given, with the log as lines of text. */
export interface ReceiverDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly said: readonly string[];
}

export function receiverDeps(clock: Clock = systemClock()): ReceiverDeps {
  const said: string[] = [];
  const say = (facts: object, message: string) => {
    said.push(`${message} ${JSON.stringify(facts)}`);
  };
  return { clock, said, log: { debug: say, info: say, warn: say, error: say } };
}
