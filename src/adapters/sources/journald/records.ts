import { type RecordQueue, recordQueue } from '../record-queue.ts';
import { entryOf } from './entry.ts';
import { type JournalPlace, markText } from './place.ts';

/** Entries as numbered records, each with the place at which it begins. */
export interface Records extends Pick<RecordQueue, 'size' | 'batch' | 'cursor'> {
  /** Takes in one line of journalctl's output; false when it is no entry. */
  push(json: string): boolean;
  /** Where to go on after what was taken in. */
  place(): JournalPlace;
  /** Lines that were cut since the last call. */
  takeCut(): number;
}

export function recordsFrom(stream: string, offset: number, from: JournalPlace): Records {
  const queue = recordQueue({ stream, offset, mark: markText(from) });
  let place = from;
  let cut = 0;
  return {
    push(json) {
      const entry = entryOf(json);
      if (entry === null) return false;
      const { cursor, lines } = entry;
      const known = place?.cursor === cursor ? (place.lines ?? lines.length) : 0;
      for (const [i, line] of lines.entries()) {
        if (i < known) continue;
        place = { cursor, lines: i + 1 < lines.length ? i + 1 : null };
        queue.add(line, markText(place));
      }
      cut += entry.cut;
      return true;
    },
    place: () => place,
    takeCut() {
      const taken = cut;
      cut = 0;
      return taken;
    },
    size: queue.size,
    batch: queue.batch,
    cursor: queue.cursor,
  };
}
