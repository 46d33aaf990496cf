import type { SavedGuess } from './formats/reader.ts';
import type { SavedStream } from './lines/streams.ts';
import { packJson, packNumbers, unpackJson, unpackNumbers } from './memory.ts';
import type { Parts } from './parts.ts';

/** Memory that changed since the last call, by part; null for parts that are gone. */
export function changesOf(parts: Parts): ReadonlyMap<string, Uint8Array | null> {
  const changed = new Map<string, Uint8Array | null>([
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
  parts.touched = false;
  if (parts.episodes.isChanged()) changed.set('episodes', packJson(parts.episodes.snapshot()));
  return changed;
}

export function restoreInto(parts: Parts, memory: ReadonlyMap<string, Uint8Array>): void {
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
}
