import type { FormatName } from './context.ts';
import type { LineRecord } from './record.ts';

/** What was seen so far, for people. */
export interface Understood {
  readonly lines: number;
  /** Lines by format, most first. */
  readonly formats: readonly (readonly [name: FormatName, lines: number])[];
  /** Shares of the lines, 0..1. */
  readonly withTime: number;
  readonly withLevel: number;
  /** Share of lines in the wrapping of a carrier (syslog, a container runtime, compose), whose own time and level serve. */
  readonly wrapped: number;
  /** Of times that name none; `assumed` is UTC. */
  readonly zone: { readonly name: string; readonly from: 'given' | 'guessed' | 'assumed' };
}

/** Counts lines as they are read. */
export interface ReadingTally {
  read(record: LineRecord, format: FormatName): void;
  unwrapped(): void;
  understood(zone: Understood['zone']): Understood;
}

export function readingTally(): ReadingTally {
  const counts = new Map<FormatName, number>();
  let lines = 0;
  let untimed = 0;
  let unlevelled = 0;
  let wrapped = 0;
  /** Most lines come in runs of one format: what is in `counts`, and the format of those since. */
  let counted = 0;
  let last: FormatName = 'plain text';

  function countRun(next: FormatName): void {
    if (lines > counted) counts.set(last, (counts.get(last) ?? 0) + lines - counted);
    counted = lines;
    last = next;
  }

  return {
    read({ timestamp, level }, format) {
      if (format !== last) countRun(format);
      lines += 1;
      if (timestamp === null) untimed += 1;
      if (level === null) unlevelled += 1;
    },
    unwrapped() {
      wrapped += 1;
    },
    understood(zone) {
      countRun(last);
      const share = (without: number) => (lines === 0 ? 0 : 1 - without / lines);
      return {
        lines,
        formats: [...counts].sort(([, a], [, b]) => b - a),
        withTime: share(untimed),
        withLevel: share(unlevelled),
        wrapped: lines === 0 ? 0 : wrapped / lines,
        zone,
      };
    },
  };
}
