import type { SourceRecord } from '../../domain/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Batch, Intake, Listen, Source } from '../../ports/source.ts';
import { createWake, type Wake } from './wake.ts';

/** Records that wait at most; more are refused. */
const MOST = 10_000;

/** A receiver that keeps nothing: for looking at what comes. */
export function memoryInbox(name: string, listen: Listen, clock: Clock): Source {
  const wake = createWake();
  const waiting: SourceRecord[] = [];
  let dropped = 0;
  const intake: Intake = {
    async accept(records) {
      if (waiting.length + records.length > MOST) return 'full';
      waiting.push(...records);
      wake.ring();
      return 'kept';
    },
    drop(count) {
      dropped += count;
    },
  };
  return {
    name,
    async *read(_, signal) {
      const listening = await listen(intake);
      try {
        yield* handOn({ name, waiting, wake, clock }, signal);
      } finally {
        await listening.close();
      }
    },
    health: () => ({ state: 'idle', lagBytes: 0, streams: 1, dropped, lastError: null }),
  };
}

interface Room {
  readonly name: string;
  readonly waiting: SourceRecord[];
  readonly wake: Wake;
  readonly clock: Clock;
}

const AT_ONCE = 4096;
const POLL_MS = 500;

async function* handOn({ name, waiting, wake, clock }: Room, signal: AbortSignal): AsyncGenerator<Batch> {
  let count = 0;
  while (!signal.aborted) {
    if (waiting.length === 0) {
      await wake.next(clock, POLL_MS, signal);
      continue;
    }
    const records = waiting.splice(0, AT_ONCE);
    const offsets = records.map((_, i) => count + i);
    count += records.length;
    const cursor = { stream: name, offset: count, mark: null };
    yield {
      stream: name,
      records,
      offsets,
      marks: null,
      mark: null,
      cursor,
      receivedAt: clock.now(),
      ended: false,
    };
  }
}
