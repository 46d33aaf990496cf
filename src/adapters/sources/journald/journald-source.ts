import { redact } from '../../../domain/redact.ts';
import type { Batch, Cursor, Source, SourceHealth } from '../../../ports/source.ts';
import { type Journal, type JournalPorts, journal } from './journalctl.ts';
import type { JournaldSourceOptions } from './options.ts';
import { gapBetween, type JournalPlace, placeOf } from './place.ts';
import { type Records, recordsFrom } from './records.ts';

/** The journal is one stream. */
const STREAM = 'journal';
/** How long to wait before journalctl is started again; twice as long each time it brings nothing. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** How long to sleep after a few entries, so that the next ones are read together. */
const BREATH_MS = 5;
const MANY_BYTES = 32 * 1024;

/**
 * The systemd journal, as `journalctl` prints it. Needs a journalctl that knows `--output-fields` (systemd 236) and the right to read the
 * journal; without either it is `failing` and tries again.
 */
export function journaldSource(options: JournaldSourceOptions, ports: JournalPorts): Source {
  const state: State = {
    state: 'waiting',
    streams: 0,
    dropped: 0,
    failure: null,
    loss: null,
    waiting: () => 0,
  };
  return {
    name: options.name,
    read(from, signal) {
      const asked = journal(options, ports, signal);
      return readJournal({ options, ports, signal, state, journal: asked }, from);
    },
    health: () => ({
      state: state.state,
      lagBytes: state.waiting(),
      streams: state.streams,
      dropped: state.dropped,
      lastError: state.failure ?? state.loss,
    }),
  };
}

interface State {
  state: SourceHealth['state'];
  streams: number;
  dropped: number;
  /** Why nothing can be read now. */
  failure: string | null;
  /** What could not be read any more. */
  loss: string | null;
  waiting: () => number;
}

interface Run {
  readonly options: JournaldSourceOptions;
  readonly ports: JournalPorts;
  readonly signal: AbortSignal;
  readonly state: State;
  readonly journal: Journal;
}

async function* readJournal(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { signal, state, ports } = run;
  const started = ports.clock.now();
  let records = recordsOf(from);
  let since = run.options.since;
  let pause = FIRST_PAUSE_MS;
  try {
    while (!signal.aborted) {
      const before = placeText(records);
      try {
        records ??= yield* begun(run, since);
        yield* follow(run, records);
      } catch (error) {
        fail(run, error instanceof Error ? error.message : String(error));
      }
      // The journal may appear later: it is to be read from the time on at which it was first asked for.
      if (since === 'now') since = `@${started / 1000}`;
      if (placeText(records) !== before) pause = FIRST_PAUSE_MS;
      await ports.clock.sleep(pause, signal);
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
    }
  } finally {
    state.state = 'ended';
    state.waiting = () => 0;
  }
}

function placeText(records: Records | null): string | null {
  return records === null ? null : records.cursor().mark;
}

function fail({ state, signal }: Run, problem: string): void {
  if (signal.aborted) return;
  state.state = 'failing';
  state.failure = redact(problem);
}

/** Null when nothing was read yet. */
function recordsOf(from: readonly Cursor[]): Records | null {
  const cursor = from.find(({ stream }) => stream === STREAM);
  const place = placeOf(cursor?.mark ?? null);
  return cursor === undefined || place === undefined ? null : recordsFrom(STREAM, cursor.offset, place);
}

/** The first time: the place to begin at is told at once, so that it is known however soon this ends. */
async function* begun({ journal, ports, state }: Run, since: string): AsyncGenerator<Batch, Records> {
  const place = await beginning(since, journal);
  const records = recordsFrom(STREAM, 0, place);
  state.streams = 1;
  yield records.batch(ports.clock.now());
  return records;
}

async function beginning(since: string, { newest }: Journal): Promise<JournalPlace> {
  if (since === 'oldest') return null;
  const last = await newest(since === 'now' ? null : since);
  return last === null ? null : { cursor: last.cursor, lines: null };
}

/** One life of journalctl. */
async function* follow(run: Run, records: Records): AsyncGenerator<Batch> {
  const { journal, ports, state, signal } = run;
  const child = journal.follow(await cursorThere(run, records.place()));
  state.state = 'idle';
  state.streams = 1;
  state.failure = null;
  state.waiting = () => child.waiting();
  try {
    while (!signal.aborted) {
      const lines = child.take();
      if (lines.length === 0 && child.end() !== null) break;
      if (lines.length === 0) await child.more(signal);
      else yield* given(run, records, lines);
      state.dropped += child.takeSkipped();
    }
    fail(run, child.end()?.problem ?? 'journalctl ended');
  } finally {
    await child.stop(ports.clock);
  }
}

async function* given(run: Run, records: Records, lines: readonly Buffer[]): AsyncGenerator<Batch> {
  const { ports, signal, state } = run;
  let bytes = 0;
  state.state = 'reading';
  for (const line of lines) {
    bytes += line.length;
    if (!records.push(line.toString('utf8'))) state.dropped += 1;
  }
  state.dropped += records.takeCut();
  while (records.size() > 0) yield records.batch(ports.clock.now());
  state.state = 'idle';
  if (bytes < MANY_BYTES) await ports.clock.sleep(BREATH_MS, signal);
}

/**
 * The cursor to go on from; null for the oldest entry. Where its own entry is no longer there (vacuumed), journalctl goes on
 * with the next younger one. Where all are older (another journal, or a clock that was set back) it would wait for ever.
 */
async function cursorThere({ journal, state }: Run, place: JournalPlace): Promise<string | null> {
  if (place === null) return null;
  const found = await journal.at(place.cursor);
  if (found?.cursor === place.cursor) return place.cursor;
  const gap = found === null ? 'behind' : gapBetween(place.cursor, found.cursor);
  if (gap === 'none') return place.cursor;
  state.dropped += 1;
  state.loss =
    'the journal no longer has the entry where reading stood: it goes on at the oldest that it has';
  return gap === 'some' ? place.cursor : null;
}
