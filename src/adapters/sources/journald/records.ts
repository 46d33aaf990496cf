import type { CarriedLine } from '../../../domain/event.ts';
import type { Batch } from '../../../ports/source.ts';
import { entryOf } from './entry.ts';
import { type JournalPlace, markText } from './place.ts';

/** Entries as numbered records, each with the place at which it begins. */
export interface Records {
  /** Takes in one line of journalctl's output; false when it is no entry. */
  push(json: string): boolean;
  /** Records that were taken in and not yet given. */
  waiting(): number;
  /** At most 4,096 of them. */
  batch(now: number): Batch;
  /** Where to go on after what was given. */
  place(): JournalPlace;
  /** The number of the next record to be given. */
  next(): number;
  /** Goes on before the oldest entry; the numbers go on too. */
  restart(): void;
  /** Lines that were cut since the last call. */
  takeCut(): number;
}

const MOST_RECORDS = 4096;

export function recordsFrom(stream: string, first: number, from: JournalPlace): Records {
  let lines: CarriedLine[] = [];
  let marks: string[] = [];
  let given = 0;
  let number = first;
  /** After the last line that was taken in, and that was given. */
  let read = from;
  let place = from;
  let places: JournalPlace[] = [];
  let cut = 0;

  const begin = () => {
    lines = [];
    marks = [];
    places = [];
    given = 0;
  };
  return {
    push(json) {
      const entry = entryOf(json);
      if (entry === null) return false;
      const { cursor } = entry;
      const known = read?.cursor === cursor ? (read.lines ?? entry.lines.length) : 0;
      for (let i = known; i < entry.lines.length; i += 1) {
        const line = entry.lines[i];
        if (line === undefined) break;
        marks.push(markText(read));
        lines.push(line);
        read = { cursor, lines: i + 1 < entry.lines.length ? i + 1 : null };
        places.push(read);
      }
      cut += entry.cut;
      return true;
    },
    waiting: () => lines.length - given,
    batch(now) {
      const to = Math.min(given + MOST_RECORDS, lines.length);
      const records = lines.slice(given, to);
      const offsets = records.map((_, i) => number + i);
      const own = marks.slice(given, to);
      if (to > given) place = places[to - 1] ?? place;
      number += records.length;
      given = to;
      if (given === lines.length) begin();
      const mark = markText(place);
      const cursor = { stream, offset: number, mark };
      return { stream, records, offsets, marks: own, mark, cursor, receivedAt: now, ended: false };
    },
    place: () => place,
    next: () => number,
    restart() {
      begin();
      read = null;
      place = null;
    },
    takeCut() {
      const taken = cut;
      cut = 0;
      return taken;
    },
  };
}
