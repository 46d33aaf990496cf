import { STRANGE } from '../../detectors/calibration/refractory.ts';
import type { MetricRecord } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Rollup } from '../../domain/rollup.ts';
import { type Gatherer, gatherer } from '../buckets/bucket.ts';
import type { Bucket } from '../buckets/open-bucket.ts';
import type { Episodes } from '../episodes/episodes.ts';
import { NOTHING, ofEpisode, type Telling, type Verdict } from '../gate.ts';
import { packJson, unpackJson } from '../memory.ts';
import type { Messages, Noted } from '../messages/noteworthy.ts';
import type { Observed } from '../observed.ts';
import type { RowScores } from '../row-score.ts';
import { Together } from '../together/together.ts';
import { Composition } from './composition/composition.ts';
import { chooseAlerts } from './counts/choose.ts';
import { judgeBucket } from './counts/judge-bucket.ts';
import type { Judged, Source } from './counts/judged.ts';
import { knownSeries } from './counts/known-series.ts';
import { coursePoint } from './course.ts';
import { type FollowedSeries, followedSeries } from './followed.ts';
import { fingerprintOf, isShown } from './naming.ts';
import { Companions, type Counted } from './points/companions.ts';
import { type PointSeries, type Points, pointSeries } from './points/points.ts';
import type { TimedValue } from './points/recent-points.ts';
import { SeriesRegistry } from './registry.ts';
import { seriesLabel } from './series.ts';
import { seriesOccurrence } from './series-facts.ts';
import { type SeriesTraining, trainingOf } from './training.ts';

/** The numbers of a source: what its records measure and how often they come, a bucket at a time. */
export interface Rates {
  add(observed: Observed, time: number, noted: Noted): void;
  /** Judges the buckets that ended before `now` (event time). */
  close(now: number): void;
  /** Judges a point that came as one, at `time` (event time). */
  point(event: MetricRecord, time: number, telling: Telling): PointNoted;
  training(now: number): readonly SeriesTraining[];
  /** Series that `training` tells of. */
  shown(): number;
  /** Points that were not judged, because there are too many series, since the pipeline was made. */
  dropped(): number;
  /** Hours of series that ended since the last call. */
  rolledUp(): readonly Rollup[];
  changes(): ReadonlyMap<string, Uint8Array | null>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

export interface PointNoted {
  /** Null for an ordinary point. */
  readonly fingerprint: string | null;
  readonly verdict: Verdict;
}

export interface RatesOptions {
  readonly source: string;
  readonly bucketMs: number;
  readonly dimensions: readonly string[];
  /** Episodes that each series may open in a day of normal life. */
  readonly alarmsPerDay: number;
  /** Hears the confidence of each series that is judged; null for nobody. */
  readonly scores: RowScores | null;
}

interface State {
  readonly options: RatesOptions;
  readonly messages: Messages;
  readonly episodes: Episodes;
  readonly registry: SeriesRegistry;
  readonly judging: Source;
  readonly composition: Composition;
  readonly points: Points;
  readonly companions: Companions;
  readonly together: Together;
  readonly buckets: Gatherer;
  readonly followed: FollowedSeries;
  touched: boolean;
}

export function rates(options: RatesOptions, messages: Messages, episodes: Episodes): Rates {
  const state = stateOf(options, messages, episodes);
  const { registry, points, buckets } = state;
  const judge = (bucket: Bucket) => closeBucket(state, bucket);
  return {
    add(observed, time, noted) {
      state.touched = true;
      buckets.add(observed, time, noted);
    },
    close: (now) => buckets.close(now, judge),
    point: (event, time, telling) => judgePoint(state, event, time, telling),
    shown: () => [...registry.all()].filter(isShown).length + points.all().length,
    dropped: () => points.dropped,
    training: (now) =>
      [...[...registry.all()].filter(isShown), ...points.all()].map((one) =>
        trainingOf(one, state.companions.isAbnormal(fingerprintOf(state.options.source, one.name), now)),
      ),
    rolledUp() {
      return [...registry.rolledUp(), ...points.rolledUp()];
    },
    changes: () => changesOf(state),
    restore: (memory) => restoreInto(state, memory),
  };
}

function stateOf(options: RatesOptions, messages: Messages, episodes: Episodes): State {
  const { source, alarmsPerDay, bucketMs, scores } = options;
  const registry = new SeriesRegistry(alarmsPerDay);
  const composition = new Composition(source, messages, scores?.listen(episodes) ?? episodes, alarmsPerDay);
  const followed = followedSeries();
  const judging: Source = {
    registry,
    known: knownSeries(registry),
    absences: composition.absences,
    bucketMs,
    message: (index) => messages.at(index),
    follow(series, point) {
      if (!Number.isFinite(point.value)) return;
      episodes.follow(fingerprintOf(source, series.name), coursePoint(series, point));
      followed.countDown(series);
    },
  };
  const points = pointSeries(undefined, alarmsPerDay);
  const companions = new Companions(episodes);
  const together = new Together(options, episodes, points.all);
  const own = {
    registry,
    judging,
    composition,
    points,
    companions,
    together,
    followed,
    buckets: gatherer(options),
  };
  return { options, messages, episodes, ...own, touched: false };
}

function closeBucket(state: State, bucket: Bucket): void {
  state.touched = true;
  const judged = judgeBucket(bucket, state.judging);
  if (judged.length > 0) alert(state, judged);
  state.composition.judge(bucket);
  state.together.bucket(bucket);
}

function alert(state: State, judged: readonly Judged[]): void {
  const { options, episodes } = state;
  const isOpen = ({ series, time }: Judged) =>
    episodes.isOpen(fingerprintOf(options.source, series.name), time);
  for (const { verdict, time } of judged) options.scores?.hear(verdict.raw, time);
  for (const one of chooseAlerts(judged, isOpen)) episodes.observe(seriesOccurrence(state, one));
}

/** A point that no records stand behind. */
const ALONE = { weight: 1, exposure: 1, bucketMs: 0 };

const ORDINARY: PointNoted = { fingerprint: null, verdict: NOTHING };

function judgePoint(state: State, event: MetricRecord, time: number, telling: Telling): PointNoted {
  const { metricName, value } = event.data;
  const series = state.points.series(metricName, event.metadata);
  if (series === null) return ORDINARY;
  const noted = judgeAlone(state, series, { time, value }, telling);
  state.together.point(series, time, value);
  return noted;
}

function judgeAlone(
  state: State,
  series: PointSeries,
  { time, value }: TimedValue,
  telling: Telling,
): PointNoted {
  const verdict = state.points.judge(series, { time, value }, telling);
  if (series.followed !== null) state.judging.follow(series, { ...ALONE, time, value });
  state.options.scores?.hear(series.tracks[0]?.raw ?? 0, time);
  if (verdict === NOTHING) return ORDINARY;
  if (verdict.raw < STRANGE) return { fingerprint: null, verdict };
  const counted = observe(state, { series, verdict, time, value, statistic: 'mean', example: '' });
  return counted === null
    ? { fingerprint: null, verdict }
    : { fingerprint: counted.fingerprint, verdict: ofEpisode(verdict, counted.confidence) };
}

function observe(state: State, judged: Judged): Counted | null {
  const { series, verdict, value } = judged;
  const companion = { name: redact(seriesLabel(series.name)), value, expected: verdict.expectedRange };
  return state.companions.observe(seriesOccurrence(state, judged), companion);
}

function changesOf(state: State): ReadonlyMap<string, Uint8Array | null> {
  const { registry, points, composition, followed, buckets } = state;
  const changed = new Map<string, Uint8Array | null>([
    ...registry.changes(),
    ...points.changes(),
    ...composition.changes(),
    ...state.companions.changes(),
    ...state.together.changes(),
    ...followed.changes(),
  ]);
  if (state.touched) changed.set('buckets', packJson(buckets.snapshot()));
  state.touched = false;
  return changed;
}

function restoreInto(state: State, memory: ReadonlyMap<string, Uint8Array>): void {
  const open = memory.get('buckets');
  if (open !== undefined) state.buckets.restore(unpackJson(open));
  state.registry.restore(memory);
  state.points.restore(memory);
  state.composition.restore(memory, state.registry.all());
  state.companions.restore(memory);
  state.together.restore(memory);
  state.followed.restore(memory, [...state.points.all(), ...state.registry.all()]);
}
