import type { CarriedLine, Level } from '../../domain/event.ts';
import { withoutColours } from './ansi.ts';
import { type Context, contextOf } from './context.ts';
import { parseLine, readLine } from './detect.ts';
import { unwrapWith } from './envelope.ts';
import { type OwnPatterns, readOwn } from './own-patterns.ts';
import type { LineRecord } from './record.ts';
import { offsetName, type SavedGuess, zoneGuess } from './time/guess.ts';
import { zoneNamed } from './time/zone.ts';
import { readingTally, type Understood } from './understood.ts';

export interface ReaderOptions {
  /** What timestamps without a zone are in: an IANA name or `+hh:mm`; null: guessed from lines that are read live. */
  readonly timezone: string | null;
  /** The user's own patterns, compiled, tried before all formats. */
  readonly patterns: OwnPatterns;
}

export type { SavedGuess } from './time/guess.ts';
export type { Understood } from './understood.ts';

/** Reads the lines of one source. */
export interface LineReader {
  /** Never throws. `receivedAt` (epoch ms): when it was read, or written where its carrier knows. */
  read(line: string, receivedAt: number): LineRecord;
  /** For those who must know it before the line is read; to read it then costs nothing. */
  readonly levelOf: (line: string, receivedAt: number) => Level | null;
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
  const zone = timezone === null ? guess : zoneNamed(timezone);
  const carrier = contextOf(zone);
  const tally = readingTally();
  const looked = lastLook(contextOf(zone), own);
  const { context } = looked;

  /** The zone may be another one now: then what was read with the one before is read again. */
  function learnZone({ civil, receivedAt }: Context): boolean {
    if (timezone !== null || Number.isNaN(civil) || !guess.learn(civil, receivedAt)) return false;
    looked.forget();
    return true;
  }

  function unwrap(line: string): CarriedLine | null {
    carrier.civil = Number.NaN;
    return unwrapWith(line, carrier);
  }

  return {
    read(line, receivedAt) {
      const record = looked.at(line, receivedAt);
      const final = learnZone(context) ? looked.at(line, receivedAt) : record;
      tally.read(final, context.format);
      return final;
    },
    // A pattern of one's own may name no level where the line does.
    levelOf: (line, receivedAt) =>
      own.length > 0 ? parseLine(line, receivedAt).level : looked.at(line, receivedAt).level,
    unwrap(line, receivedAt) {
      carrier.receivedAt = receivedAt;
      const carried = unwrap(line);
      if (carried !== null) tally.unwrapped();
      return learnZone(carrier) ? unwrap(line) : carried;
    },
    understood: () => tally.understood(zoneOf(timezone, guess.settled())),
    snapshot: () => guess.snapshot(),
    restore(saved) {
      guess.restore(saved);
      looked.forget();
    },
  };
}

/** A line is looked at once, though its level is asked for before it is read. Its context tells more of it. */
interface LastLook {
  readonly context: Context;
  at(line: string, receivedAt: number): LineRecord;
  forget(): void;
}

function lastLook(context: Context, own: OwnPatterns): LastLook {
  let last: { line: string; receivedAt: number; record: LineRecord } | null = null;
  return {
    context,
    at(line, receivedAt) {
      if (last !== null && last.line === line && last.receivedAt === receivedAt) return last.record;
      context.receivedAt = receivedAt;
      context.civil = Number.NaN;
      const record = own.length === 0 ? readLine(line, context) : readOwnFirst(own, line, context);
      last ??= { line, receivedAt, record };
      last.line = line;
      last.receivedAt = receivedAt;
      last.record = record;
      return record;
    },
    forget() {
      last = null;
    },
  };
}

function readOwnFirst(own: OwnPatterns, line: string, context: Context): LineRecord {
  const record = readOwn(own, withoutColours(line), context);
  if (record === null) return readLine(line, context);
  context.format = 'own pattern';
  return record;
}

function zoneOf(given: string | null, guessed: number | null): Understood['zone'] {
  if (given !== null) return { name: given, from: 'given' };
  return guessed === null ? { name: 'UTC', from: 'assumed' } : { name: offsetName(guessed), from: 'guessed' };
}
