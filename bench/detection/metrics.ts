/** A time in which something is wrong, epoch ms, both ends included. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

export interface Matched {
  /** A window: from its start to the first episode that opened inside, ms; null when it was missed. */
  readonly delays: readonly (number | null)[];
  /** Episodes that opened outside of all windows. */
  readonly falseAlarms: number;
}

/**
 * Episodes against the truth. One that opens inside a window, or up to `toleranceMs` after its end, hits it; several in
 * the same window count once.
 */
export function match(openings: readonly number[], windows: readonly Window[], toleranceMs: number): Matched {
  const hits = ({ start, end }: Window, time: number) => time >= start && time <= end + toleranceMs;
  const delays = windows.map((window) => {
    const first = openings.find((time) => hits(window, time));
    return first === undefined ? null : first - window.start;
  });
  const falseAlarms = openings.filter((time) => !windows.some((window) => hits(window, time))).length;
  return { delays, falseAlarms };
}

/** Each 0..1, null where there is nothing to divide by. */
export interface Quality {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export function quality(hits: number, windows: number, falseAlarms: number): Quality {
  return {
    precision: share(hits, hits + falseAlarms),
    recall: share(hits, windows),
    f1: share(2 * hits, hits + falseAlarms + windows),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
