import type { MetricRecord } from '../../../domain/event.ts';
import { redact } from '../../../domain/redact.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Source, SourceHealth } from '../../../ports/source.ts';
import type { Get } from './get.ts';
import type { PrometheusOptions } from './options.ts';
import { askRange, type Window } from './range-query.ts';

export interface RangePorts {
  readonly get: Get;
  readonly clock: Clock;
}

type RangeOptions = Pick<
  PrometheusOptions,
  'name' | 'queries' | 'stepSeconds' | 'delaySeconds' | 'backfillMinutes'
> & { readonly server: string };

/** The port's limit of one batch. */
const MOST_RECORDS = 4096;
/** Steps that one question asks for: a server answers at most 11,000, and an answer must fit into memory. */
const MOST_STEPS = 120;

/**
 * Range queries as a source: every value from the cursor on, in time order, also those of a time in which nobody asked.
 * One stream, its own name; `offset` is the time of the next value, epoch seconds; `mark` how many values of that time
 * have been read already (null for none). A query that the server refuses is left out, and `lastError` says so; while the
 * server itself does not answer, all wait.
 */
export function rangeSource(options: RangeOptions, ports: RangePorts): Source {
  let health: SourceHealth = { state: 'waiting', lagBytes: 0, streams: 1, dropped: 0, lastError: null };
  return {
    name: options.name,
    read: (from, signal) => {
      const run: Run = {
        options,
        ports,
        signal,
        say(state, problem) {
          health = { ...health, state, lastError: problem === null ? null : redact(problem) };
        },
        drop(count) {
          health = { ...health, dropped: health.dropped + count };
        },
      };
      return windows(run, from.find(({ stream }) => stream === options.name) ?? null);
    },
    health: () => health,
  };
}

interface Run {
  readonly options: RangeOptions;
  readonly ports: RangePorts;
  readonly signal: AbortSignal;
  say(state: SourceHealth['state'], problem: string | null): void;
  drop(count: number): void;
}

/** The next value to read: a whole step, epoch seconds, and how many values of it are read. */
interface Place {
  readonly time: number;
  readonly taken: number;
}

async function* windows(run: Run, cursor: Cursor | null): AsyncGenerator<Batch> {
  const { options, ports, signal } = run;
  let at = firstPlace(run, cursor);
  while (!signal.aborted) {
    const now = ports.clock.now();
    const window = windowAt(options, at.time, now);
    const points = window === null ? null : await answerTo(run, window);
    if (window !== null && points !== null && !signal.aborted) {
      const after = { time: window.end + window.step, taken: 0 };
      yield* batchesOf(options.name, { points, at, after }, now);
      at = after;
      // While there is more to catch up with, the next question follows at once.
      if (windowAt(options, at.time, now) !== null) continue;
    }
    await ports.clock.sleep(untilNext(options, at.time, ports.clock.now()), signal);
  }
  run.say('ended', null);
}

/** Where reading begins: at the cursor, but no farther back than the backfill reaches. What lies before is dropped. */
function firstPlace(run: Run, cursor: Cursor | null): Place {
  const { backfillMinutes, stepSeconds: step } = run.options;
  const earliest = Math.ceil((run.ports.clock.now() / 1000 - backfillMinutes * 60) / step) * step;
  if (cursor === null) return { time: earliest, taken: 0 };
  if (cursor.offset >= earliest) return { time: cursor.offset, taken: Number(cursor.mark ?? 0) };
  run.drop(Math.ceil((earliest - cursor.offset) / step) * run.options.queries.length);
  return { time: earliest, taken: 0 };
}

/** From `start` as far as values are old enough; null when the next one is not. */
function windowAt(
  { stepSeconds: step, delaySeconds }: RangeOptions,
  start: number,
  now: number,
): Window | null {
  const newest = now / 1000 - delaySeconds;
  const steps = Math.floor((newest - start) / step);
  return steps < 0 ? null : { start, end: start + Math.min(steps, MOST_STEPS - 1) * step, step };
}

/** Until the next value is old enough; a step when there was trouble. Milliseconds. */
function untilNext({ stepSeconds: step, delaySeconds }: RangeOptions, time: number, now: number): number {
  const wait = (time + delaySeconds) * 1000 - now;
  return wait > 0 ? wait : step * 1000;
}

/** All queries over one window, their points merged in time order. Null: the window is to be asked for again. */
async function answerTo(run: Run, window: Window): Promise<readonly MetricRecord[] | null> {
  const { options, ports, signal } = run;
  const points: MetricRecord[] = [];
  let problem: string | null = null;
  for (const query of options.queries) {
    const ranged = await askRange(query, window, { url: options.server, get: ports.get, signal });
    if (!ranged.ok && ranged.passing) {
      run.say('failing', `${options.server}: ${ranged.why}`);
      return null;
    }
    if (ranged.ok) for (const point of ranged.points) points.push(point);
    else problem ??= ranged.why;
  }
  run.say(problem === null ? 'idle' : 'failing', problem);
  // Stable: values of one time stay in the order of the queries and their labels.
  return points.sort((a, b) => a.timestamp - b.timestamp);
}

interface Span {
  readonly points: readonly MetricRecord[];
  readonly at: Place;
  readonly after: Place;
}

function* batchesOf(stream: string, { points, at, after }: Span, now: number): Generator<Batch> {
  const places = placesOf(points);
  const first = points.findIndex(
    ({ timestamp }, i) => timestamp > at.time * 1000 || (places[i]?.taken ?? 0) >= at.taken,
  );
  // Nothing new moves the cursor on all the same.
  const start = first === -1 ? points.length : first;
  for (let from = start; from === start || from < points.length; from += MOST_RECORDS) {
    const part = places.slice(from, from + MOST_RECORDS);
    const next = places[from + MOST_RECORDS] ?? after;
    yield {
      stream,
      records: points.slice(from, from + MOST_RECORDS),
      offsets: part.map(({ time }) => time),
      marks: part.map(markOf),
      mark: null,
      cursor: { stream, offset: next.time, mark: markOf(next) },
      receivedAt: now,
      ended: false,
    };
  }
}

/** Of each point: its time, and how many points of that time come before it. */
function placesOf(points: readonly MetricRecord[]): readonly Place[] {
  let before: Place | null = null;
  return points.map(({ timestamp }) => {
    const time = timestamp / 1000;
    before = { time, taken: before?.time === time ? before.taken + 1 : 0 };
    return before;
  });
}

function markOf({ taken }: Place): string | null {
  return taken === 0 ? null : String(taken);
}
