import type { Training } from '../domain/detection.ts';
import { type Gatherer, gatherer } from './bucket.ts';
import { chooseAlerts } from './choose.ts';
import type { Episodes } from './episodes.ts';
import { seriesFacts } from './facts.ts';
import { NOTHING, ofEpisode, type Verdict } from './gate.ts';
import { type Judged, judgeBucket } from './judge-bucket.ts';
import { packJson, unpackJson } from './memory.ts';
import { type Messages, messageFingerprint, type Noted } from './noteworthy.ts';
import type { Observed } from './observed.ts';
import { type SeriesRegistry, seriesRegistry } from './registry.ts';
import { type Series, type SeriesName, seriesLabel } from './series.ts';

export interface SeriesTraining {
  readonly name: string;
  readonly state: Training['state'];
  readonly seen: number;
  readonly needed: number;
}

/** The numbers of a source: what its records measure and how often they come, a bucket at a time. */
export interface Rates {
  add(observed: Observed, time: number, noted: Noted): void;
  /** Judges the buckets that ended before `now` (event time). */
  close(now: number): void;
  /** Judges a point that came as one. */
  point(
    metric: { readonly name: string; readonly labels: string | null },
    value: number,
    time: number,
  ): PointNoted;
  training(now: number): readonly SeriesTraining[];
  changes(): ReadonlyMap<string, Uint8Array>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

export interface Metric {
  readonly name: string;
  /** What splits it, as one text; null for nothing. */
  readonly labels: string | null;
}

export interface PointNoted {
  readonly fingerprint: string | null;
  readonly verdict: Verdict;
}

export interface RatesOptions {
  readonly source: string;
  readonly bucketMs: number;
  readonly dimensions: readonly string[];
}

interface State {
  readonly options: RatesOptions;
  readonly messages: Messages;
  readonly episodes: Episodes;
  readonly registry: SeriesRegistry;
  readonly buckets: Gatherer;
  touched: boolean;
  savedNames: number;
}

export function rates(options: RatesOptions, messages: Messages, episodes: Episodes): Rates {
  const registry = seriesRegistry();
  const buckets = gatherer(options);
  const state: State = { options, messages, episodes, registry, buckets, touched: false, savedNames: 0 };
  return {
    add(observed, time, { template, explained }) {
      state.touched = true;
      const { level, message, fields } = observed;
      buckets.add({ time, level, message, fields, template, explained });
    },
    close(now) {
      if (buckets.oldest() + options.bucketMs <= now) closeBuckets(state, now);
    },
    point: (metric, value, time) => judgePoint(state, metric, value, time),
    training: (now) =>
      [...registry.all()].filter(isShown).map((one) => ({
        name: seriesLabel(one.name),
        ...trainingOf(one, episodes.isOpen(fingerprintOf(state, one.name), now)),
      })),
    changes: () => changesOf(state),
    restore: (memory) => restoreInto(state, memory),
  };
}

function closeBuckets(state: State, now: number): void {
  const { registry, buckets, messages, episodes } = state;
  const { bucketMs } = state.options;
  state.touched = true;
  for (const bucket of buckets.close(now)) {
    const judged = judgeBucket(bucket, { registry, bucketMs, message: (index) => messages.at(index) });
    const isOpen = ({ series, time }: Judged) => episodes.isOpen(fingerprintOf(state, series.name), time);
    for (const alert of chooseAlerts(judged, isOpen)) observe(state, alert);
  }
}

function fingerprintOf({ options }: State, name: SeriesName): string {
  if (isMessage(name)) return messageFingerprint(options.source, name.metric);
  return `metric:${options.source}:${seriesLabel(name)}`;
}

function observe(state: State, judged: Judged): number | null {
  const { verdict, time, series } = judged;
  const fingerprint = fingerprintOf(state, series.name);
  const template = isMessage(series.name) ? (state.messages.textOf(series.name.metric) ?? '') : null;
  const facts = (confidence: number) =>
    seriesFacts(
      state.options.source,
      { ...judged, verdict: { ...verdict, confidence } },
      fingerprint,
      template,
    );
  const { isAnomaly, confidence } = verdict;
  return state.episodes.observe({ fingerprint, time, isAnomaly, confidence, returns: false, facts });
}

/** Share of a new gap in the usual gap between points. */
const GAP_SHARE = 0.05;

function judgePoint(state: State, metric: Metric, value: number, time: number): PointNoted {
  const series = state.registry.get({ kind: 'point', metric: metric.name, dimension: metric.labels });
  if (series === null) return { fingerprint: null, verdict: NOTHING };
  const gap = series.last === 0 ? 0 : Math.max(0, time - series.last);
  series.usual += (series.usual === 0 ? 1 : GAP_SHARE) * (gap - series.usual);
  series.last = Math.max(series.last, time);
  series.changed = true;
  const point = { time, value, weight: 1, exposure: 1, bucketMs: series.usual };
  const verdict = series.tracks[0]?.judge(point, series.usual) ?? NOTHING;
  const judged: Judged = { series, verdict, time, value, statistic: 'mean', example: '' };
  const confidence = verdict.isAnomaly ? observe(state, judged) : null;
  return {
    fingerprint: fingerprintOf(state, series.name),
    verdict: confidence === null ? verdict : ofEpisode(verdict, confidence),
  };
}

const SERIES = 'series:';

function changesOf(state: State): ReadonlyMap<string, Uint8Array> {
  const { registry, buckets } = state;
  const changed = new Map<string, Uint8Array>();
  for (const [key, bytes] of registry.changes()) changed.set(`${SERIES}${key}`, bytes);
  if (state.touched) changed.set('buckets', packJson(buckets.snapshot()));
  const names = registry.names();
  if (names.length !== state.savedNames) changed.set('series', packJson(names));
  state.touched = false;
  state.savedNames = names.length;
  return changed;
}

function restoreInto(state: State, memory: ReadonlyMap<string, Uint8Array>): void {
  const open = memory.get('buckets');
  if (open !== undefined) state.buckets.restore(unpackJson(open));
  const names = memory.get('series');
  if (names === undefined) return;
  const saved = unpackJson<readonly SeriesName[]>(names);
  state.registry.restore(saved, (key) => memory.get(`${SERIES}${key}`));
  state.savedNames = saved.length;
}

/** Messages are too many to be shown each. */
function isShown({ name }: Series): boolean {
  return !isMessage(name);
}

function isMessage({ kind }: SeriesName): boolean {
  return kind === 'message' || kind === 'error-message';
}

function trainingOf({ tracks: [first] }: Series, alerting: boolean): Omit<SeriesTraining, 'name'> {
  const { seen = 0, needed = 0 } = first ?? {};
  return {
    state: alerting ? 'alerting' : seen < needed ? 'training' : 'normal',
    seen: Math.min(seen, needed),
    needed,
  };
}
