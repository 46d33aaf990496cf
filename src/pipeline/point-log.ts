import { packCompact, unpackCompact } from './compact.ts';

/** Points as they were judged: place of the series, time, value. */
export interface PointLog {
  readonly length: number;
  add(place: number, time: number, value: number): void;
  /** The points as bytes; the log is empty then. */
  take(): Uint8Array;
}

const WIDTH = 3;

export function pointLog(): PointLog {
  let numbers = new Float64Array(WIDTH * 256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(place, time, value) {
      const at = length * WIDTH;
      if (at === numbers.length) {
        const longer = new Float64Array(2 * at);
        longer.set(numbers);
        numbers = longer;
      }
      numbers[at] = place;
      numbers[at + 1] = time;
      numbers[at + 2] = value;
      length += 1;
    },
    take() {
      const bytes = packCompact(numbers.subarray(0, length * WIDTH));
      length = 0;
      return bytes;
    },
  };
}

/** Hands out the points of what `take` made. */
export function readPointLog(
  bytes: Uint8Array,
  each: (place: number, time: number, value: number) => void,
): void {
  const numbers = unpackCompact(bytes);
  for (let at = 0; at < numbers.length; at += WIDTH) {
    each(numbers[at] ?? 0, numbers[at + 1] ?? 0, numbers[at + 2] ?? 0);
  }
}
