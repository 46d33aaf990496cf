/**
 * One detector of all metrics of a source at once, alone, over the hosts of hosts.ts: how well its confidence ranks what is wrong, what
 * it finds of each kind of fault at the bar, how often it alarms for nothing, and what a vector costs.
 *   node bench/detection/vectors.ts [--gauge isolation-forest] [--hosts 12] [--seed 1] [--days 6]
 */

import { parseArgs } from 'node:util';
import { numbersOf } from '../../src/detectors/memory/numbers.ts';
import { isolationForest } from '../../src/detectors/vectors/isolation-forest.ts';
import { lstmAutoencoder } from '../../src/detectors/vectors/lstm-autoencoder.ts';
import type { VectorGaugeMaker } from '../../src/detectors/vectors/vector.ts';
import { VectorEnsemble } from '../../src/detectors/vectors/vector-ensemble.ts';
import { ALARMS_PER_DAY } from '../../src/domain/detection.ts';
import { packCompact } from '../../src/pipeline/series/memory/compact.ts';
import { VectorTrack } from '../../src/pipeline/together/vector-track.ts';
import { leastParseNs } from '../json-parse.ts';
import { SIZES } from './anomalies.ts';
import { pointAuc, volumeUnderPr } from './areas.ts';
import { FAULT_NAMES } from './host-faults.ts';
import { figure, mean, sum, table } from './table.ts';
import { type FoundFault, nthHost, type VectorOutcome, vectorOutcome, vectorsOf } from './vector-outcome.ts';

const GAUGES: Readonly<Record<string, VectorGaugeMaker>> = {
  'isolation-forest': isolationForest(),
  'lstm-autoencoder': lstmAutoencoder(),
};

const { values: options } = parseArgs({
  options: {
    gauge: { type: 'string', default: 'isolation-forest' },
    hosts: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '6' },
  },
});
const maker = GAUGES[options.gauge];
if (maker === undefined) {
  throw new RangeError(`no gauge ${options.gauge}: there are ${Object.keys(GAUGES).join(', ')}`);
}
const gauge = maker;
const days = Number(options.days);
const METRICS = [5, 19, 38, 64];

function outcomesOf(metrics: number, faults: number): readonly VectorOutcome[] {
  return Array.from({ length: Number(options.hosts) }, (_, n) => {
    const host = nthHost(metrics, n, { seed: Number(options.seed), days, faults });
    return vectorOutcome(host, vectorsOf(host), gauge);
  });
}

const sized = METRICS.map((metrics) => {
  const result = { metrics, wrong: outcomesOf(metrics, 3), ordinary: outcomesOf(metrics, 0) };
  process.stderr.write(`hosts of ${metrics} metrics\n`);
  return result;
});
const unit = leastParseNs();
process.stdout.write(`${options.gauge}, ${options.hosts} hosts a row, seed ${options.seed}\n\n`);
process.stdout.write(
  table([
    [
      'metrics',
      'VUS-PR',
      'AUC-PR',
      'recall',
      'false alarms a host-day',
      'where nothing is wrong',
      'us a vector',
      'pu',
      'snapshot, KB',
    ],
    ...sized.map(({ metrics, wrong, ordinary }) => row(metrics, wrong, ordinary)),
  ]),
);
process.stdout.write('\nFound of weak, medium and strong ones:\n\n');
process.stdout.write(
  table([
    ['', ...METRICS.map((metrics) => `${metrics} metrics`)],
    ...FAULT_NAMES.map((fault) => [
      fault,
      ...sized.map(({ wrong }) =>
        foundOf(wrong.flatMap(({ found }) => found).filter((one) => one.fault === fault)),
      ),
    ]),
  ]),
);

function row(
  metrics: number,
  wrong: readonly VectorOutcome[],
  ordinary: readonly VectorOutcome[],
): readonly string[] {
  const faults = wrong.flatMap(({ found }) => found);
  const all = [...wrong, ...ordinary];
  const ns = sum(all.map((one) => one.ns)) / sum(all.map(({ vectors }) => vectors));
  const figures = [
    meanOf(wrong.map(({ ranked }) => volumeUnderPr(ranked))),
    meanOf(wrong.map(({ ranked }) => pointAuc(ranked))),
    faults.filter(({ isFound }) => isFound).length / faults.length,
    alarmsADay(wrong),
    alarmsADay(ordinary),
  ];
  const cost = [(ns / 1000).toFixed(1), (ns / unit).toFixed(1), snapshotKilobytes(metrics)];
  return [String(metrics), ...figures.map(figure), ...cost];
}

function meanOf(areas: readonly (number | null)[]): number | null {
  return mean(areas.filter((area) => area !== null));
}

function alarmsADay(some: readonly VectorOutcome[]): number {
  return sum(some.map(({ falseAlarms }) => falseAlarms)) / (some.length * (days - 1));
}

/** Such as `0/2 1/3 2/2`. */
function foundOf(faults: readonly FoundFault[]): string {
  return SIZES.map((size) => faults.filter((fault) => fault.size === size))
    .map((some) => `${some.filter(({ isFound }) => isFound).length}/${some.length}`)
    .join(' ');
}

/** As numbers, and as the store has it. */
function snapshotKilobytes(metrics: number): string {
  const ensemble = new VectorEnsemble([gauge]);
  const track = new VectorTrack(ensemble, ALARMS_PER_DAY.normal);
  const host = nthHost(metrics, 1, { seed: Number(options.seed), days, faults: 0 });
  for (const vector of vectorsOf(host)) track.judge(vector);
  const numbers = numbersOf((to) => ensemble.write(to));
  return [numbers.byteLength, packCompact(numbers).byteLength]
    .map((bytes) => Math.round(bytes / 1000))
    .join(', stored ');
}
