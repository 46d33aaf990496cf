/**
 * Hosts of many metrics through `rowScores`, which makes one score a row: what is found of the faults that hit them, and how often a
 * host in which nothing is wrong alarms.
 *   node bench/detection/hosts.ts [--hosts 12] [--seed 1] [--days 6] [--without isolation-forest]
 */

import { parseArgs } from 'node:util';
import { pointDetectors, sourceGauges } from '../../src/detectors/registry.ts';
import { VectorEnsemble } from '../../src/detectors/vectors/vector-ensemble.ts';
import { ALARMS_PER_DAY, classify } from '../../src/domain/detection.ts';
import { rowScores } from '../../src/pipeline/row-score.ts';
import { PointTrack } from '../../src/pipeline/series/points/point-track.ts';
import { VectorTrack } from '../../src/pipeline/together/vector-track.ts';
import { volumeUnderPr } from './areas.ts';
import { type LabelledHost, labelledHost } from './labelled-host.ts';
import { match, quality } from './metrics.ts';
import { DAY } from './processes.ts';
import { figure, mean, sum, table } from './table.ts';

const { values: options } = parseArgs({
  options: {
    hosts: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '6' },
    without: { type: 'string', multiple: true, default: [] },
  },
});
const days = Number(options.days);
const SIZES = [5, 19, 38];
const TOLERANCE = 20;

/** Who looks at all metrics together, but for those left out. */
function gauges() {
  return sourceGauges().filter(({ make }) => !options.without.includes(make(1).name));
}

interface Found {
  readonly hits: number;
  readonly faults: number;
  readonly falseAlarms: number;
  readonly vus: number | null;
}

/** Rows after the first day, which is for learning. */
function foundOn({ metrics, intervalMs, rows, truth }: LabelledHost): Found {
  const tracks = metrics.map(() => new PointTrack(pointDetectors('both')));
  const together = new VectorTrack(new VectorEnsemble(gauges()), ALARMS_PER_DAY.normal);
  const scores = rowScores();
  const openings: number[] = [];
  const raws: number[] = [];
  const wrong: number[] = [];
  let from = 0;
  for (const { time, values } of rows) {
    from ||= time + DAY;
    for (const [i, track] of tracks.entries()) {
      const value = values[i] ?? Number.NaN;
      track.judge({ time, value, weight: 1, exposure: 1, bucketMs: intervalMs }, 'noteworthy');
      scores.hear(track.raw, time);
    }
    together.judge({ time, metrics, values: Float64Array.from(values) });
    if (together.raw > 0) scores.hearTogether(together.raw, time);
    const { raw, anomaly } = scores.take();
    if (classify(anomaly) && time >= from) openings.push(time);
    raws.push(raw);
    wrong.push(Number(truth.some(({ start, end }) => time >= start && time <= end)));
  }
  const { delays, falseAlarms } = match(openings, truth, TOLERANCE * intervalMs);
  const hits = delays.filter((delay) => delay !== null).length;
  const ranked = { scores: Float64Array.from(raws), truth: Uint8Array.from(wrong) };
  return { hits, faults: truth.length, falseAlarms, vus: volumeUnderPr(ranked) };
}

function row(metrics: number, faults: number): readonly string[] {
  const found = Array.from({ length: Number(options.hosts) }, (_, n) => {
    const intervalMs = n % 2 === 0 ? 60_000 : 300_000;
    const shape = { metrics, intervalMs, days, shared: n % 3 !== 0, faults };
    return foundOn(labelledHost(shape, Number(options.seed), metrics, n));
  });
  const of = (pick: (one: Found) => number) => sum(found.map(pick));
  const { recall, precision, f1 } = quality(
    of(({ hits }) => hits),
    of(({ faults: all }) => all),
    of(({ falseAlarms }) => falseAlarms),
  );
  const alarms = of(({ falseAlarms }) => falseAlarms) / (found.length * (days - 1));
  const vus = mean(found.map((one) => one.vus).filter((one) => one !== null));
  return [String(metrics), faults === 0 ? 'no' : 'yes', ...[recall, precision, f1, alarms, vus].map(figure)];
}

process.stdout.write(
  table([
    ['metrics', 'faults', 'recall', 'precision', 'F1', 'false alarms a host-day', 'VUS-PR'],
    ...SIZES.flatMap((metrics) => [row(metrics, 3), row(metrics, 0)]),
  ]),
);
