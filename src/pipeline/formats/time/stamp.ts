/**
 * A timestamp as it stands in a text. Those who read one fill it and answer whether there was one, for one is read a line and
 * none is to be made for it; after false it is of no use.
 */
export interface Stamp {
  /** Epoch ms; where the text names no zone, as if it were UTC. */
  time: number;
  /** The text names the zone. */
  zoned: boolean;
  /** The position behind it. */
  end: number;
}

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
