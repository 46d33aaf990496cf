import type { SourceRecord } from '../../../domain/event.ts';
import { redact } from '../../../domain/redact.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { Intake } from '../../../ports/source.ts';

const RETRY_MS = 250;

/**
 * Settles once they are durable, however long that takes: until then its caller takes nothing else in. Once `signal` is
 * aborted they are tried a last time, then counted as dropped.
 */
export type Deliver = (records: readonly SourceRecord[], signal: AbortSignal) => Promise<void>;

export interface DeliverDeps {
  readonly source: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function delivery(intake: Intake, { source, clock, log }: DeliverDeps): Deliver {
  let failing = false;
  const accept = async (records: readonly SourceRecord[]): Promise<boolean> => {
    try {
      const kept = (await intake.accept(records)) === 'kept';
      failing = false;
      return kept;
    } catch (error) {
      if (!failing) log.warn({ source, error: redact(String(error)) }, 'nothing can be kept: trying again');
      failing = true;
      return false;
    }
  };
  return async (records, signal) => {
    if (records.length === 0) return;
    for (;;) {
      const last = signal.aborted;
      if (await accept(records)) return;
      if (last) {
        intake.drop(records.length);
        return;
      }
      await clock.sleep(RETRY_MS, signal);
    }
  };
}
