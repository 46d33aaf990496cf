import type { CarriedLine } from '../../domain/event.ts';
import { withoutColours } from './ansi.ts';
import { contextOf, type FormatName } from './context.ts';
import { readLine } from './detect.ts';
import { unwrapWith } from './envelope.ts';
import { type OwnPatterns, readOwn } from './own-patterns.ts';
import type { LineRecord } from './record.ts';
import { offsetName, type SavedGuess, zoneGuess } from './time/guess.ts';
import { zoneNamed } from './time/zone.ts';

export interface ReaderOptions {
  /** What timestamps without a zone are in: an IANA name or `+hh:mm`; null: guessed from lines that are read live. */
  readonly timezone: string | null;
  /** The user's own patterns, compiled, tried before all formats. */
  readonly patterns: OwnPatterns;
}

export type { SavedGuess } from './time/guess.ts';

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

/** Reads the lines of one source. */
export interface LineReader {
  /** Never throws. `receivedAt` (epoch ms): when it was read, or written where its carrier knows. */
  read(line: string, receivedAt: number): LineRecord;
  /** The carrier's part of a line, as `unwrap` in envelope.ts, with times in the source's zone. */
  unwrap(line: string, receivedAt: number): CarriedLine | null;
  understood(): Understood;
  /** The zone's guess; what was counted is not kept. */
  snapshot(): SavedGuess;
  restore(saved: SavedGuess): void;
}

/** @throws VigilError `bad_config` for a zone that there is not. */
export function lineReader({ timezone, patterns: own }: ReaderOptions): LineReader {
  const guess = zoneGuess();
  const context = contextOf(timezone === null ? guess : zoneNamed(timezone));
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

  function readOwnFirst(line: string): LineRecord {
    const record = readOwn(own, withoutColours(line), context);
    if (record === null) return readLine(line, context);
    context.format = 'own pattern';
    return record;
  }

  return {
    read(line, receivedAt) {
      context.receivedAt = receivedAt;
      const record = own.length === 0 ? readLine(line, context) : readOwnFirst(line);
      if (context.format !== last) countRun(context.format);
      lines += 1;
      if (record.timestamp === null) untimed += 1;
      if (record.level === null) unlevelled += 1;
      return record;
    },
    unwrap(line, receivedAt) {
      context.receivedAt = receivedAt;
      const carried = unwrapWith(line, context);
      if (carried !== null) wrapped += 1;
      return carried;
    },
    understood() {
      countRun(last);
      const share = (without: number) => (lines === 0 ? 0 : 1 - without / lines);
      return {
        lines,
        formats: [...counts].sort(([, a], [, b]) => b - a),
        withTime: share(untimed),
        withLevel: share(unlevelled),
        wrapped: lines === 0 ? 0 : wrapped / lines,
        zone: zoneOf(timezone, guess.settled()),
      };
    },
    snapshot: () => guess.snapshot(),
    restore: (saved) => guess.restore(saved),
  };
}

function zoneOf(given: string | null, guessed: number | null): Understood['zone'] {
  if (given !== null) return { name: given, from: 'given' };
  return guessed === null ? { name: 'UTC', from: 'assumed' } : { name: offsetName(guessed), from: 'guessed' };
}
