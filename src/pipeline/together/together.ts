import { sourceDetectors } from '../../detectors/registry.ts';
import type { Vector } from '../../detectors/vectors/vector.ts';
import type { Bucket } from '../buckets/open-bucket.ts';
import type { Episodes } from '../episodes/episodes.ts';
import { toldOccurrence } from '../episodes/source-facts.ts';
import { NOTHING } from '../gate.ts';
import { packJson, unpackJson } from '../memory.ts';
import type { RowScores } from '../row-score.ts';
import { metricFingerprint } from '../series/naming.ts';
import type { PointSeries } from '../series/points/points.ts';
import { ceasedTold, Overdue } from './overdue.ts';
import { Rows, type SavedRows } from './rows.ts';
import { togetherFingerprint, togetherOccurrence } from './together-facts.ts';
import { VectorTrack } from './vector-track.ts';
import { type SavedWindows, Windows } from './windows.ts';

export interface TogetherOptions {
  readonly source: string;
  readonly bucketMs: number;
  readonly alarmsPerDay: number;
  readonly scores: RowScores | null;
}

/** Metrics that come as points, and those that records make, come at other times: they are not looked at together. */
type Kind = 'points' | 'records';

/** What all metrics of a source say together, which none of them says by itself. */
export class Together {
  private readonly options: TogetherOptions;
  private readonly episodes: Episodes;
  /** The same, with the ear of who wants a score of each row. */
  private readonly heard: Episodes;
  private readonly rows: Rows;
  private readonly overdue: Overdue;
  private readonly windows = new Windows();
  /** Made with the first vector: most sources of one metric never have one. */
  private readonly tracks = new Map<Kind, VectorTrack>();
  private readonly judged = new Set<Kind>();
  private readonly gathered = new Set<Kind>();

  /** `all` series that come as points. */
  constructor(options: TogetherOptions, episodes: Episodes, all: () => readonly PointSeries[]) {
    this.options = options;
    this.episodes = episodes;
    this.heard = options.scores?.listen(episodes) ?? episodes;
    this.rows = new Rows(options.bucketMs);
    this.overdue = new Overdue(all, options.alarmsPerDay);
  }

  /** A point of a series was judged. */
  point(series: PointSeries, time: number, value: number): void {
    const ceased = this.overdue.hear(time);
    if (ceased !== null) this.heard.observe(toldOccurrence(ceasedTold(this.options.source, ceased)));
    this.gathered.add('points');
    for (const vector of this.rows.add(series, time, value)) this.judge('points', vector);
  }

  /** A bucket ended and was judged. */
  bucket(bucket: Bucket): void {
    this.gathered.add('records');
    const vector = this.windows.add(bucket);
    if (vector !== null) this.judge('records', vector);
  }

  /** Memory parts that changed since the last call. */
  changes(): ReadonlyMap<string, Uint8Array> {
    const changed = new Map(this.overdue.changes());
    if (this.gathered.has('points')) changed.set(gatheredPart('points'), packJson(this.rows.snapshot()));
    if (this.gathered.has('records')) changed.set(gatheredPart('records'), packJson(this.windows.snapshot()));
    for (const kind of this.judged) {
      const { learnt, log } = this.track(kind).pack();
      if (learnt !== null) changed.set(trackPart(kind), learnt);
      changed.set(logPart(kind), log);
    }
    this.gathered.clear();
    this.judged.clear();
    return changed;
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    this.overdue.restore(memory);
    const points = memory.get(gatheredPart('points'));
    if (points !== undefined) this.rows.restore(unpackJson<SavedRows>(points));
    const records = memory.get(gatheredPart('records'));
    if (records !== undefined) this.windows.restore(unpackJson<SavedWindows>(records));
    for (const kind of ['points', 'records'] as const) {
      const learnt = memory.get(trackPart(kind));
      const log = memory.get(logPart(kind));
      if (learnt !== undefined && log !== undefined) this.track(kind).restore(learnt, log);
    }
  }

  /** What single metrics say comes first: while an episode of one of them is open nothing more is told. */
  private judge(kind: Kind, vector: Vector): void {
    const { source, scores } = this.options;
    this.judged.add(kind);
    const fingerprint = togetherFingerprint(source, kind);
    const goesOn = this.episodes.isOpen(fingerprint, vector.time);
    const mayTell = goesOn || !this.episodes.areOpen(metricFingerprint(source, ''), vector.time);
    const track = this.track(kind);
    const verdict = track.judge(vector, mayTell);
    if (track.raw > 0) scores?.hearTogether(track.raw, vector.time);
    if (verdict !== NOTHING)
      this.episodes.observe(togetherOccurrence({ source, fingerprint, vector, verdict }));
  }

  private track(kind: Kind): VectorTrack {
    const known = this.tracks.get(kind);
    if (known !== undefined) return known;
    const made = new VectorTrack(sourceDetectors(), this.options.alarmsPerDay);
    this.tracks.set(kind, made);
    return made;
  }
}

const gatheredPart = (kind: Kind) => `together:${kind}:gathered`;
const trackPart = (kind: Kind) => `together:${kind}`;
const logPart = (kind: Kind) => `together:${kind}:log`;
