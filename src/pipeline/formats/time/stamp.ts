/** A timestamp as it stands in a text. Filled rather than returned: one is read a line. */
export interface Stamp {
  /** Epoch ms; where the text names no zone, as if it were UTC. */
  time: number;
  /** The text names the zone. */
  zoned: boolean;
  /** The position behind it. */
  end: number;
}

/** Reads the timestamp that begins at `from`; false when there is none, and `into` is then of no use. */
export type StampReader = (text: string, from: number, into: Stamp) => boolean;

export function emptyStamp(): Stamp {
  return { time: Number.NaN, zoned: true, end: 0 };
}

/** Fills a stamp; false for NaN, the time of a civil date that there is not. */
export function fill(into: Stamp, time: number, zoned: boolean, end: number): boolean {
  into.time = time;
  into.zoned = zoned;
  into.end = end;
  return !Number.isNaN(time);
}
