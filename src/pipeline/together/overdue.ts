import { type Look, missingData } from '../../detectors/vectors/missing-data.ts';
import type { Reading } from '../../domain/detection.ts';
import { duration, type Told } from '../episodes/source-facts.ts';
import { packNumbers, unpackNumbers } from '../memory.ts';
import type { PointSeries } from '../series/points/points.ts';
import { seriesLabel } from '../series/series.ts';
import { SetBack } from './set-back.ts';

/** Metrics that no longer come although their source goes on. */
export interface Ceased {
  readonly time: number;
  readonly reading: Reading;
  /** The first ones' names, and how many there are. */
  readonly names: readonly string[];
  readonly count: number;
  readonly of: number;
}

/** A series is looked for so often, ms. */
const EVERY_MS = 60_000;
/** What is not missed before: ms, and usual gaps of the series. */
const LEAST_MS = 15 * 60_000;
const LEAST_GAPS = 20;
/** A series with fewer points is not known well enough. */
const LEAST_POINTS = 100;
/** The source itself was away: usual gaps of its series, and ms. */
const AWAY_GAPS = 5;
const AWAY_MS = 60_000;
const MOST_NAMED = 3;
const PART = 'overdue';
/** Numbers before what the detector has learnt. */
const OWN = 6;

/** Looks which series of a source have ceased to come. When the source itself is silent, that is told elsewhere. */
export class Overdue {
  private readonly all: () => readonly PointSeries[];
  private readonly detector;
  /** Places of those that are known to have ceased. */
  private ceased = new Set<number>();
  private lookedAt = 0;
  /** When the source was heard last, and since when without a break, epoch ms. */
  private heardAt = 0;
  private since = 0;
  /** Usual gap between two points of the source, ms. */
  private usual = 0;
  private readonly setBack = new SetBack();
  private isChanged = false;

  constructor(all: () => readonly PointSeries[], alarmsPerDay: number) {
    this.all = all;
    this.detector = missingData(alarmsPerDay);
  }

  /** A point came; what is to be told now, mostly null. */
  hear(time: number): Ceased | null {
    if (this.setBack.isConfirmed(time, this.heardAt)) this.begin(time);
    if (time <= this.heardAt) return null;
    if (time - this.heardAt > AWAY_GAPS * this.usual + AWAY_MS) this.since = time;
    this.heardAt = time;
    this.isChanged = true;
    if (time - this.lookedAt < EVERY_MS) return null;
    this.lookedAt = time;
    return this.look(time);
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    if (!this.isChanged) return new Map();
    this.isChanged = false;
    const learnt = this.detector.snapshot();
    const { lookedAt, heardAt, since, usual, setBack } = this;
    const own = [lookedAt, heardAt, since, usual, setBack.snapshot(), learnt.length];
    return new Map([[PART, packNumbers(Float64Array.of(...own, ...learnt, ...this.ceased))]]);
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const bytes = memory.get(PART);
    if (bytes === undefined) return;
    const numbers = unpackNumbers(bytes);
    const [lookedAt = 0, heardAt = 0, since = 0, usual = 0, behind = 0, learnt = 0] = numbers;
    Object.assign(this, { lookedAt, heardAt, since, usual });
    this.setBack.restore(behind);
    this.detector.restore(numbers.subarray(OWN, OWN + learnt));
    this.ceased = new Set(numbers.subarray(OWN + learnt));
  }

  /** The source's clock was wrong until now. */
  private begin(time: number): void {
    this.heardAt = time - 1;
    this.lookedAt = time - 1;
    this.since = time;
  }

  private look(time: number): Ceased | null {
    const all = this.all();
    const fresh: PointSeries[] = [];
    this.usual = usualOf(all);
    for (const series of all) {
      const isMissed = this.isMissed(series, time);
      if (isMissed && !this.ceased.has(series.place)) fresh.push(series);
      else if (!isMissed && this.ceased.size > 0) this.ceased.delete(series.place);
    }
    const [first] = fresh;
    for (const { place } of fresh) this.ceased.add(place);
    const quietMs = first === undefined ? 0 : time - first.last;
    const look: Look = { time, ceased: fresh.length, quietMs, usualGapMs: first?.usual ?? 0 };
    const reading = this.detector.score(look);
    this.detector.learn(look);
    if (reading === null) return null;
    const names = fresh.slice(0, MOST_NAMED).map(({ name }) => seriesLabel(name));
    return { time, reading, names, count: fresh.length, of: all.length };
  }

  private isMissed({ last, usual, tracks }: PointSeries, time: number): boolean {
    const quietMs = time - Math.max(last, this.since);
    if (quietMs <= Math.max(LEAST_MS, LEAST_GAPS * usual)) return false;
    return (tracks[0]?.seen ?? 0) >= LEAST_POINTS;
  }
}

/** The usual gap of the series that comes most often, ms; 0 for none. */
function usualOf(all: readonly PointSeries[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { usual } of all) if (usual > 0 && usual < least) least = usual;
  return least === Number.POSITIVE_INFINITY ? 0 : least;
}

export function ceasedTold(source: string, { time, reading, names, count, of }: Ceased): Told {
  const { evidence } = reading;
  const [quiet, usual] = evidence.kind === 'silence' ? [evidence.quietMs, evidence.usualGapMs] : [0, 0];
  const rest = count > names.length ? ` and ${count - names.length} more` : '';
  const which = count === 1 ? '' : ` (${count} of ${of} metrics)`;
  return {
    source,
    kind: 'metric',
    fingerprint: `missing:${source}:${names.join(',')}`,
    time,
    reading,
    severity: 'medium',
    what: `No longer reported for ${duration(quiet)}, usually every ${duration(usual)}: ${names.join(', ')}${rest}${which}`,
    template: null,
  };
}
