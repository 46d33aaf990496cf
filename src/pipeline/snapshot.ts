import type { SavedGuess } from './formats/reader.ts';
import type { SavedStream } from './lines/streams.ts';
import { packJson, packNumbers, unpackJson, unpackNumbers } from './memory.ts';
import type { Parts } from './parts.ts';

/**
 * How memory is laid out. What another build has learnt is not understood by this one, and is learnt anew: whoever changes what a
 * detector keeps counts this up (`test/unit/pipeline/snapshot.test.ts` tells when).
 */
const FORMAT = 1;
const FORMAT_PART = 'format';

/** Memory that changed since the last call, by part; null for parts that are gone. */
export function changesOf(parts: Parts): ReadonlyMap<string, Uint8Array | null> {
  const changed = new Map<string, Uint8Array | null>([
    ...parts.stale.splice(0).map((part) => [part, null] as const),
    ...parts.noteworthy.changes(),
    ...parts.values.changes(),
    ...parts.rates.changes(),
    ...parts.deadMan.changes(),
  ]);
  if (parts.touched) {
    changed.set('clock', packNumbers(Float64Array.of(parts.heardAt, ...parts.clock.snapshot())));
    changed.set('streams', packJson(parts.streams.snapshot()));
    changed.set('zone', packJson(parts.reader.snapshot()));
  }
  if (parts.touched && !parts.isMarked) {
    changed.set(FORMAT_PART, packNumbers(Float64Array.of(FORMAT)));
    parts.isMarked = true;
  }
  parts.touched = false;
  if (parts.episodes.isChanged()) changed.set('episodes', packJson(parts.episodes.snapshot()));
  return changed;
}

/** False when the memory is of another format: then nothing is restored, and it is gone with the next changes. */
export function restoreInto(parts: Parts, memory: ReadonlyMap<string, Uint8Array>): boolean {
  if (memory.size === 0) return true;
  const format = memory.get(FORMAT_PART);
  if (format === undefined || unpackNumbers(format)[0] !== FORMAT) {
    parts.stale = [...memory.keys()];
    return false;
  }
  parts.isMarked = true;
  const clock = memory.get('clock');
  if (clock !== undefined) {
    const [heardAt = 0, ...rest] = unpackNumbers(clock);
    parts.heardAt = heardAt;
    parts.latest = heardAt;
    parts.clock.restore(Float64Array.from(rest));
  }
  const known = memory.get('streams');
  if (known !== undefined) parts.streams.restore(unpackJson<readonly SavedStream[]>(known));
  const zone = memory.get('zone');
  if (zone !== undefined) parts.reader.restore(unpackJson<SavedGuess>(zone));
  const saved = memory.get('episodes');
  if (saved !== undefined) parts.episodes.restore(unpackJson(saved));
  parts.noteworthy.restore(memory);
  parts.values.restore(memory);
  parts.rates.restore(memory);
  parts.deadMan.restore(memory);
  return true;
}
