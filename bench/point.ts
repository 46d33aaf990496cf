/**
 * What one point costs among many series of eleven kinds, one value in 500 a spike, one scrape after another. CPU time of
 * rounds that take turns with `JSON.parse`, medians; then each point by the clock. `node bench/point.ts [series] [rounds]`
 */

import { pointDetectors } from '../src/detectors/registry.ts';
import { PointTrack } from '../src/pipeline/series/points/point-track.ts';
import { pointSeries } from '../src/pipeline/series/points/points.ts';
import { NORMAL_KINDS, normalSeries } from './detection/normal-series.ts';
import { seeded } from './detection/random.ts';
import { median, table } from './detection/table.ts';
import { cpu, parseNs } from './json-parse.ts';

const SERIES = Number(process.argv[2] ?? 1000);
const ROUNDS = Number(process.argv[3] ?? 15);
/** Scrapes before anything is measured, so that every detector speaks; then in each round. */
const WARM_UP = 1000;
const A_ROUND = Math.max(2, Math.round(20_000 / SERIES));
const SCRAPES = WARM_UP + 2 * ROUNDS * A_ROUND;
const INTERVAL_MS = 15_000;
const START = Date.UTC(2026, 0, 5);
const SPIKE = 1 / 500;

/** What all series measure, one scrape after another. */
function valuesOf(): Float64Array {
  const values = new Float64Array(SCRAPES * SERIES);
  const random = seeded(11);
  for (let series = 0; series < SERIES; series += 1) {
    const kind = NORMAL_KINDS[series % NORMAL_KINDS.length] ?? '';
    const days = (SCRAPES * INTERVAL_MS) / 86_400_000;
    let at = series;
    for (const { value } of normalSeries({ kind, seeds: [series], intervalMs: INTERVAL_MS, days })) {
      values[at] = random() < SPIKE ? 3 * value + 1 : value;
      at += SERIES;
    }
  }
  return values;
}

/** A way of judging, and what was measured of it. */
interface Way {
  readonly name: string;
  judge(series: number, time: number, value: number): void;
  /** As the commit after a scrape; it is not measured. */
  commit(): void;
  /** Of a point, ns: the mean of each round; each by the clock. */
  readonly rounds: number[];
  readonly points: number[];
}

function detectorsAlone(): Way {
  const tracks = Array.from({ length: SERIES }, () => new PointTrack(pointDetectors('both')));
  const point = { time: 0, value: 0, weight: 1, exposure: 1, bucketMs: INTERVAL_MS };
  return {
    name: 'all detectors (`PointTrack.judge`)',
    judge(series, time, value) {
      point.time = time;
      point.value = value;
      tracks[series]?.judge(point, 'noteworthy');
    },
    commit: () => undefined,
    rounds: [],
    points: [],
  };
}

function wholePoint(): Way {
  const points = pointSeries({ mostSeries: SERIES, logged: 50_000 });
  const all = Array.from({ length: SERIES }, (_, i) => points.series('value', { series: String(i) }));
  return {
    name: 'with log, hour and picture (`points.judge`)',
    judge(series, time, value) {
      const one = all[series] ?? null;
      if (one !== null) points.judge(one, { time, value }, 'noteworthy');
    },
    commit: () => void points.changes(),
    rounds: [],
    points: [],
  };
}

/** So many scrapes from `first` on. */
function judgeScrapes(values: Float64Array, first: number, count: number, judge: Way['judge']): void {
  for (let scrape = first; scrape < first + count; scrape += 1) {
    const time = START + scrape * INTERVAL_MS;
    for (let series = 0; series < SERIES; series += 1)
      judge(series, time, values[scrape * SERIES + series] ?? 0);
  }
}

function clocked({ judge, points }: Way): Way['judge'] {
  return (series, time, value) => {
    const from = performance.now();
    judge(series, time, value);
    points.push((performance.now() - from) * 1e6);
  };
}

const values = valuesOf();
const units: number[] = [];
const ways = [detectorsAlone(), wholePoint()];
for (const { judge } of ways) judgeScrapes(values, 0, WARM_UP, judge);
for (let round = 0; round < ROUNDS; round += 1) {
  units.push(parseNs());
  for (const { judge, commit, rounds } of ways) {
    commit();
    const from = cpu();
    judgeScrapes(values, WARM_UP + round * A_ROUND, A_ROUND, judge);
    rounds.push(((cpu() - from) * 1e6) / (A_ROUND * SERIES));
  }
}
for (const way of ways) judgeScrapes(values, WARM_UP + ROUNDS * A_ROUND, ROUNDS * A_ROUND, clocked(way));

const unit = median(units) ?? 0;
const ns = (value: number) => Math.round(value).toLocaleString('en');
const rows = ways.map(({ name, rounds, points }) => {
  const usual = median(rounds) ?? 0;
  points.sort((a, b) => a - b);
  const quantile = (of: number) => ns(points[Math.floor(of * (points.length - 1))] ?? 0);
  return [name, ns(usual), (usual / unit).toFixed(2), ...[0.5, 0.99, 0.999, 1].map(quantile)];
});
const head = ['one point', 'ns', 'pu', 'p50, ns', 'p99', 'p99.9', 'max'];
process.stdout.write(`${SERIES} series; 1 pu is ${ns(unit)} ns\n\n${table([head, ...rows])}`);
