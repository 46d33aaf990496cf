import type { Training } from '../domain/detection.ts';
import { gatherer } from './bucket.ts';
import { chooseAlerts } from './choose.ts';
import type { Episodes } from './episodes.ts';
import { type Observed, seriesFacts } from './facts.ts';
import { ofEpisode, type Verdict } from './gate.ts';
import { type Judged, judgeBucket } from './judge-bucket.ts';
import { packJson, unpackJson } from './memory.ts';
import { messageFingerprint, type Noted, type Noteworthy } from './noteworthy.ts';
import { seriesRegistry } from './registry.ts';
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

export interface PointNoted {
  readonly fingerprint: string | null;
  readonly verdict: Verdict;
}

export interface RatesOptions {
  readonly source: string;
  readonly bucketMs: number;
  readonly dimensions: readonly string[];
}

const SERIES = 'series:';

export function rates(options: RatesOptions, noteworthy: Noteworthy, episodes: Episodes): Rates {
  const { source, bucketMs } = options;
  const registry = seriesRegistry();
  const buckets = gatherer(options);
  let touched = false;
  let savedNames = 0;

  function fingerprintOf({ kind, metric, dimension }: SeriesName): string {
    if (kind === 'message' || kind === 'error-message') return messageFingerprint(source, metric);
    return `metric:${source}:${seriesLabel({ kind, metric, dimension })}`;
  }

  function observe(judged: Judged): number | null {
    const { verdict, time, series } = judged;
    const fingerprint = fingerprintOf(series.name);
    const logged = series.name.kind === 'message' || series.name.kind === 'error-message';
    const template = logged ? (noteworthy.textOf(series.name.metric) ?? '') : null;
    const facts = (confidence: number) =>
      seriesFacts(source, { ...judged, verdict: { ...verdict, confidence } }, fingerprint, template);
    const { isAnomaly, confidence } = verdict;
    return episodes.observe({ fingerprint, time, isAnomaly, confidence, returns: false, facts });
  }

  function isOpen({ series, time }: Judged): boolean {
    return episodes.isOpen(fingerprintOf(series.name), time);
  }

  return {
    add(observed, time, { template, explained }) {
      touched = true;
      const { level, message, fields } = observed;
      buckets.add({ time, level, message, fields, template, explained });
    },
    close(now) {
      if (buckets.oldest() + bucketMs > now) return;
      touched = true;
      for (const bucket of buckets.close(now)) {
        const judged = judgeBucket(bucket, { registry, bucketMs, message: noteworthy.message });
        for (const alert of chooseAlerts(judged, isOpen)) observe(alert);
      }
    },
    point({ name, labels }, value, time) {
      const series = registry.get({ kind: 'point', metric: name, dimension: labels });
      if (series === null) return { fingerprint: null, verdict: NOTHING };
      const gap = series.last === 0 ? 0 : Math.max(0, time - series.last);
      series.usual += (series.usual === 0 ? 1 : 0.05) * (gap - series.usual);
      series.last = Math.max(series.last, time);
      series.changed = true;
      const point = { time, value, weight: 1, exposure: 1, bucketMs };
      const verdict = series.tracks[0]?.judge(point, series.usual) ?? NOTHING;
      const judged: Judged = { series, verdict, time, value, statistic: 'mean', example: '' };
      const confidence = verdict.isAnomaly ? observe(judged) : null;
      return {
        fingerprint: fingerprintOf(series.name),
        verdict: confidence === null ? verdict : ofEpisode(verdict, confidence),
      };
    },
    training: (now) =>
      [...registry.all()].filter(isShown).map((one) => ({
        name: seriesLabel(one.name),
        ...trainingOf(one, episodes.isOpen(fingerprintOf(one.name), now)),
      })),
    changes() {
      const changed = new Map<string, Uint8Array>();
      for (const [key, bytes] of registry.changes()) changed.set(`${SERIES}${key}`, bytes);
      if (touched) changed.set('buckets', packJson(buckets.snapshot()));
      touched = false;
      const names = registry.names();
      if (names.length !== savedNames) changed.set('series', packJson(names));
      savedNames = names.length;
      return changed;
    },
    restore(memory) {
      const open = memory.get('buckets');
      if (open !== undefined) buckets.restore(unpackJson(open));
      const names = memory.get('series');
      if (names === undefined) return;
      const saved = unpackJson<readonly SeriesName[]>(names);
      registry.restore(saved, (key) => memory.get(`${SERIES}${key}`));
      savedNames = saved.length;
    },
  };
}

const NOTHING: Verdict = { isAnomaly: false, confidence: 0, readings: [], expectedRange: null };

/** Messages are too many to be shown each. */
function isShown({ name }: Series): boolean {
  return name.kind !== 'message' && name.kind !== 'error-message';
}

function trainingOf({ tracks: [first] }: Series, alerting: boolean): Omit<SeriesTraining, 'name'> {
  const { seen = 0, needed = 0 } = first ?? {};
  return {
    state: alerting ? 'alerting' : seen < needed ? 'training' : 'normal',
    seen: Math.min(seen, needed),
    needed,
  };
}
