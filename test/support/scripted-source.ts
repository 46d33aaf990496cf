import { ALONE } from '../../src/domain/companion.ts';
import type { Sighting } from '../../src/domain/sighting.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import type { Batch, Cursor, Source } from '../../src/ports/source.ts';
import { factsFor } from './nouns.ts';

/** A source that yields what the test hands it, and remembers from where it was asked to read. */
export interface ScriptedSource extends Source {
  /** Resolves once the batch has been taken. */
  yield(...lines: readonly string[]): Promise<void>;
  end(): Promise<void>;
  fail(error: Error): void;
  readonly starts: readonly (readonly Cursor[])[];
}

/** Lines are ten bytes long, whatever they say. */
const LINE = 10;

export function scriptedSource(name: string): ScriptedSource {
  type Step = { readonly batch: Batch; readonly taken: () => void } | { readonly error: Error };
  const waiting: Step[] = [];
  const starts: (readonly Cursor[])[] = [];
  let wake: () => void = () => undefined;
  let written = 0;
  function put(lines: readonly string[], ended: boolean): Promise<void> {
    const offsets = lines.map((_, index) => written + index * LINE);
    written += lines.length * LINE;
    const cursor = { stream: 's', offset: written, mark: null };
    const batch = {
      stream: 's',
      mark: null,
      records: lines,
      offsets,
      marks: null,
      cursor,
      receivedAt: 0,
      ended,
    };
    return new Promise((taken) => {
      waiting.push({ batch, taken });
      wake();
    });
  }
  return {
    name,
    starts,
    yield: (...lines) => put(lines, false),
    end: () => put([], true),
    fail(error) {
      waiting.push({ error });
      wake();
    },
    async *read(from, signal) {
      starts.push(from);
      signal.addEventListener('abort', () => wake(), { once: true });
      while (!signal.aborted) {
        const step = waiting.shift();
        if (step === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
        } else if ('error' in step) {
          throw step.error;
        } else {
          step.taken();
          yield step.batch;
          if (step.batch.ended) return;
        }
      }
    },
    health: () => ({ state: 'reading', lagBytes: 5, streams: 1, dropped: 0, lastError: null }),
  };
}

/**
 * A pipeline one can follow by eye: `E x` is an error x, which opens or repeats; `hold` is held until silence speaks;
 * `bug` breaks it. Its memory is the number of events it has seen.
 */
export function scriptedPipeline(): Pipeline {
  const known = new Set<string>();
  let seen = 0;
  let changed = false;
  let held: { readonly stream: string; readonly offset: number } | null = null;
  const sightingOf = (fingerprint: string): Sighting => {
    const facts = factsFor(fingerprint);
    if (known.has(fingerprint)) {
      return {
        kind: 'repeated',
        fingerprint,
        opening: facts.id,
        course: [],
        alongside: ALONE,
        worse: null,
        count: 1,
        lastSeen: facts.lastSeen,
        confidence: facts.confidence,
      };
    }
    known.add(fingerprint);
    return { kind: 'opened', facts };
  };
  const pushed = (events: number, sightings: readonly Sighting[]) => {
    seen += events;
    changed ||= events > 0;
    return { events, sightings, opened: sightings.some((one) => one.kind === 'opened'), dead: [], kept: [] };
  };
  return {
    push({ stream, records, offsets }) {
      const lines = records.map(String);
      if (lines.includes('bug')) throw new Error('a bug in the pipeline');
      const index = lines.indexOf('hold');
      if (index >= 0) held = { stream, offset: offsets[index] ?? 0 };
      const whole = index >= 0 ? lines.slice(0, index) : lines;
      const errors = whole.filter((line) => line.startsWith('E ')).map((line) => line.slice(2));
      return pushed(whole.length, errors.map(sightingOf));
    },
    pushEvents(events) {
      const made = pushed(events.length, []);
      return { ...made, detections: [], fingerprints: [] };
    },
    advance() {
      const events = held === null ? 0 : 1;
      held = null;
      return pushed(events, []);
    },
    held: (stream) => (held?.stream === stream ? { offset: held.offset, mark: null } : null),
    changes() {
      const memory = new Map(changed ? [['seen', Uint8Array.of(seen)]] : []);
      changed = false;
      return memory;
    },
    rolledUp: () => [],
    restore(memory) {
      seen = memory.get('seen')?.[0] ?? 0;
      return true;
    },
    training: () => [
      { name: 'calm', state: 'normal', seen: 9, needed: 9, points: 9, waiting: [] },
      { name: 'loud', state: 'alerting', seen: 9, needed: 9, points: 9, waiting: [] },
    ],
    understood: () => ({
      lines: 0,
      formats: [],
      withTime: 0,
      withLevel: 0,
      wrapped: 0,
      zone: { name: 'UTC', from: 'assumed' },
    }),
    totals: () => ({ errors: 0, templates: 0, series: 0, dropped: 0, spanMs: 0 }),
  };
}
