import type { DeadLetter } from '../domain/dead-letter.ts';
import { ALARMS_PER_DAY } from '../domain/detection.ts';
import { DeadMan, silenceTold } from './dead-man.ts';
import { type Episodes, episodes } from './episodes/episodes.ts';
import { toldOccurrence } from './episodes/source-facts.ts';
import { EventClock } from './event-clock.ts';
import { type LineReader, lineReader } from './formats/reader.ts';
import { type Keeper, keeper } from './keeper.ts';
import type { Out } from './lines/stream.ts';
import { type Streams, streams } from './lines/streams.ts';
import { FreshValues } from './messages/fresh-values.ts';
import { type Noteworthy, noteworthy } from './messages/noteworthy.ts';
import type { PipelineOptions } from './options.ts';
import type { RowScores } from './row-score.ts';
import { type Rates, rates } from './series/rates.ts';

/** What stands behind one pipeline. */
export interface Parts {
  readonly source: string;
  readonly clock: EventClock;
  readonly episodes: Episodes;
  readonly noteworthy: Noteworthy;
  readonly values: FreshValues;
  readonly rates: Rates;
  readonly deadMan: DeadMan;
  readonly keeper: Keeper;
  readonly reader: LineReader;
  readonly streams: Streams;
  /** Buckets wait so long for late records, ms of event time. */
  readonly lateness: number;
  /** As told by the caller: the latest time, and the latest at which something came. */
  latest: number;
  heardAt: number;
  /** Since the last answer. */
  events: number;
  /** Exceptions since the beginning. */
  errors: number;
  dead: DeadLetter[];
  touched: boolean;
  /** Is it saved in what format the memory is? */
  isMarked: boolean;
  /** Memory parts of another format, to be deleted. */
  stale: string[];
}

/** `out` is told of each joined line, `scores` of each confidence; null for nobody. */
export function createParts(
  options: PipelineOptions,
  out: (parts: Parts) => Out,
  scores: RowScores | null,
): Parts {
  const { source, bucketSeconds, quietMinutes, dimensions, keep } = options;
  const bucketMs = bucketSeconds * 1000;
  const alarmsPerDay = ALARMS_PER_DAY[options.sensitivity];
  const keeping = keeper(keep);
  const ongoing = episodes(quietMinutes * 60_000, bucketMs, keeping.opened);
  const heard = scores === null ? ongoing : scores.listen(ongoing);
  const single = noteworthy(source, heard);
  const reader = lineReader(options);
  const parts: Parts = {
    source,
    clock: new EventClock(),
    episodes: ongoing,
    noteworthy: single,
    values: new FreshValues(source, single.messages, heard, alarmsPerDay),
    rates: rates({ source, bucketMs, dimensions, alarmsPerDay, scores }, single.messages, ongoing),
    deadMan: new DeadMan(bucketMs, alarmsPerDay, (silence) => {
      // The row that ends a silence is not what is strange: nobody hears of it as a score.
      ongoing.observe(toldOccurrence(silenceTold(source, silence)));
    }),
    keeper: keeping,
    reader,
    streams: streams({ source, reader, out: (joined, stream, read) => say(joined, stream, read) }),
    lateness: Math.min(bucketMs / 2, 2000),
    latest: 0,
    heardAt: 0,
    events: 0,
    errors: 0,
    dead: [],
    touched: false,
    isMarked: false,
    stale: [],
  };
  const say = out(parts);
  return parts;
}
