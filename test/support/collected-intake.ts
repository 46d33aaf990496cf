import type { SourceRecord } from '../../src/domain/event.ts';
import type { Intake } from '../../src/ports/source.ts';

/** An intake that keeps all it is given in memory, and is full when the test says so. */
export interface CollectedIntake extends Intake {
  readonly records: readonly SourceRecord[];
  dropped(): number;
  /** How often somebody was told to come again. */
  refused(): number;
  fill(full: boolean): void;
  /** From now on nothing can be kept. */
  fail(error: Error): void;
  /** Settles once `what` holds; looks again at each change, and every few ms for what is not seen here. */
  until(what: () => boolean): Promise<void>;
}

export function collectedIntake(): CollectedIntake {
  const records: SourceRecord[] = [];
  let dropped = 0;
  let refused = 0;
  let full = false;
  let failure: Error | null = null;
  let tell = () => {};
  return {
    records,
    async accept(some) {
      if (failure !== null) throw failure;
      if (full) refused += 1;
      else records.push(...some);
      tell();
      return full ? 'full' : 'kept';
    },
    drop(count) {
      dropped += count;
      tell();
    },
    dropped: () => dropped,
    refused: () => refused,
    fill(now) {
      full = now;
    },
    fail(error) {
      failure = error;
    },
    async until(what) {
      while (!what()) {
        await new Promise<void>((settle) => {
          tell = settle;
          setTimeout(settle, 20);
        });
      }
    },
  };
}
