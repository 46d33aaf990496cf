import { Numbers } from '../../../detectors/memory/numbers.ts';
import { packCompact, unpackCompact } from '../memory/compact.ts';

/** Points as they were judged: place of the series, time, value. */
export interface PointLog {
  readonly length: number;
  add(place: number, time: number, value: number): void;
  /** The points as bytes; the log is empty then. */
  take(): Uint8Array;
}

const WIDTH = 3;

export function pointLog(): PointLog {
  const numbers = new Numbers();
  return {
    get length() {
      return numbers.length / WIDTH;
    },
    add(place, time, value) {
      numbers.add(place);
      numbers.add(time);
      numbers.add(value);
    },
    take() {
      const bytes = packCompact(numbers.view());
      numbers.clear();
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
