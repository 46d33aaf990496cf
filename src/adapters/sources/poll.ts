import type { EventRecord } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Batch, Source, SourceHealth } from '../../ports/source.ts';

/** What one poll has found out. */
export interface Polled {
  readonly records: readonly EventRecord[];
  /** What could not be found out, such as one of several targets that does not answer; null for nothing. */
  readonly problem: string | null;
}

export interface PolledOptions {
  readonly intervalMs: number;
  readonly clock: Clock;
  /**
   * Asks once. What it throws is shown as `lastError`, and the next beat asks again; to deliver something all the same
   * (`up` = 0), answer with a `problem` instead. `now` is the beat's time, epoch ms. Never called while one is running.
   */
  readonly poll: (signal: AbortSignal, now: number) => Promise<Polled>;
}

/** The port's limit of one batch. */
const MOST_RECORDS = 4096;

/**
 * A source that asks for numbers at a fixed beat. It has one stream, its own name, and offsets count its records on
 * through restarts. A poll has no past: what was not committed before a crash is not asked for again.
 */
export function polled(name: string, options: PolledOptions): Source {
  let health: SourceHealth = { state: 'waiting', lagBytes: 0, streams: 1, dropped: 0, lastError: null };
  const say = (state: SourceHealth['state'], lastError: string | null) => {
    health = { ...health, state, lastError: lastError === null ? null : redact(lastError) };
  };
  return {
    name,
    read(from, signal) {
      const offset = from.find(({ stream }) => stream === name)?.offset ?? 0;
      return beats({ name, options, signal, say }, offset);
    },
    health: () => health,
  };
}

interface Run {
  readonly name: string;
  readonly options: PolledOptions;
  readonly signal: AbortSignal;
  readonly say: (state: SourceHealth['state'], lastError: string | null) => void;
}

async function* beats(run: Run, first: number): AsyncGenerator<Batch> {
  const { name, options, signal, say } = run;
  const { clock, intervalMs } = options;
  const begun = clock.now();
  let offset = first;
  while (!signal.aborted) {
    const now = clock.now();
    const { records, problem } = await ask(run, now);
    if (signal.aborted) break;
    say(problem === null ? 'idle' : 'failing', problem);
    for (let i = 0; i < records.length; i += MOST_RECORDS) {
      const batch = batchOf(name, records.slice(i, i + MOST_RECORDS), offset, now);
      offset = batch.cursor.offset;
      yield batch;
    }
    await clock.sleep(untilNext(clock.now() - begun, intervalMs), signal);
  }
  say('ended', null);
}

/** Beats lie at whole intervals after the first, so that a slow poll skips some and moves none. */
function untilNext(sinceBegun: number, intervalMs: number): number {
  const into = sinceBegun % intervalMs;
  // Negative when the clock was set back to before the first beat.
  return intervalMs - (into < 0 ? into + intervalMs : into);
}

const NOTHING: Polled = { records: [], problem: null };

/** One poll, to its end however long it takes, or until the signal aborts. */
async function ask({ options, signal, say }: Run, now: number): Promise<Polled> {
  const { clock, intervalMs } = options;
  const over = new AbortController();
  const stop = () => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  let answer = NOTHING;
  void pollOnce(options, signal, now).then((polledNow) => {
    answer = polledNow;
    stop();
  });
  while (!over.signal.aborted && !signal.aborted) {
    await clock.sleep(intervalMs, over.signal);
    if (!over.signal.aborted) say('failing', `no answer for ${(clock.now() - now) / 1000} s`);
  }
  signal.removeEventListener('abort', stop);
  return answer;
}

async function pollOnce({ poll }: PolledOptions, signal: AbortSignal, now: number): Promise<Polled> {
  try {
    return await poll(signal, now);
  } catch (error) {
    return { records: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function batchOf(stream: string, records: readonly EventRecord[], offset: number, now: number): Batch {
  return {
    stream,
    records,
    offsets: records.map((_, i) => offset + i),
    marks: null,
    mark: null,
    cursor: { stream, offset: offset + records.length, mark: null },
    receivedAt: now,
    ended: false,
  };
}
