/**
 * A place in the journal: after so many lines of the entry with this cursor, `null` for all of them. A message of several
 * lines is several records, so a place may lie within an entry. Null as a whole: before the oldest entry.
 */
export interface EntryPlace {
  /** The entry's `__CURSOR`. */
  readonly cursor: string;
  readonly lines: number | null;
}

export type JournalPlace = EntryPlace | null;

const OLDEST = 'oldest';
const MARK = /^([^\s+]{1,512})(?:\+(\d{1,9}))?$/;

export function markText(place: JournalPlace): string {
  if (place === null) return OLDEST;
  return place.lines === null ? place.cursor : `${place.cursor}+${place.lines}`;
}

/** `undefined` for a mark that another kind of source wrote. */
export function placeOf(mark: string | null): JournalPlace | undefined {
  if (mark === OLDEST) return null;
  const [, cursor, lines] = MARK.exec(mark ?? '') ?? [];
  if (cursor === undefined) return undefined;
  return { cursor, lines: lines === undefined ? null : Number(lines) };
}

const CURSOR = /^s=([0-9a-f]{32});i=([0-9a-f]{1,16});.*?\bt=([0-9a-f]{1,16})\b/;

/** What a cursor says of its entry (systemd.journal-fields(7) calls it opaque, so null where it looks unlike this). */
function partsOf(cursor: string) {
  const [, sequence, number, micros] = CURSOR.exec(cursor) ?? [];
  if (sequence === undefined) return null;
  return { sequence, number: BigInt(`0x${number}`), micros: BigInt(`0x${micros}`) };
}

/**
 * What lies between two cursors: `none` when `next` is the very next entry, `some` when entries are missing or it cannot
 * be told, `behind` when `next` is older (the clock was set back, or it is another journal).
 */
export function gapBetween(before: string, next: string): 'none' | 'some' | 'behind' {
  const [a, b] = [partsOf(before), partsOf(next)];
  if (a === null || b === null) return 'some';
  if (a.sequence !== b.sequence) return b.micros < a.micros ? 'behind' : 'some';
  if (b.number === a.number + 1n) return 'none';
  return b.number < a.number ? 'behind' : 'some';
}
