/**
 * The isolation forest beside scikit-learn's (peers.py) on the hosts of hosts.ts, in the same run: how well the scores rank what is wrong
 * in the last two thirds, and how many vectors a second of CPU time judges. Ours has each vector as it comes and learns on; the
 * other is fitted on the first third.
 *   node bench/detection/vector-peers.ts [--hosts 12] [--seed 1] [--days 6] [--python /usr/bin/python3]
 */

import { parseArgs } from 'node:util';
import { isolationForest } from '../../src/detectors/vectors/isolation-forest.ts';
import { Standards } from '../../src/detectors/vectors/standards.ts';
import type { Vector } from '../../src/detectors/vectors/vector.ts';
import { cpu } from '../json-parse.ts';
import { pointAuc, type Ranked, volumeUnderPr } from './areas.ts';
import type { LabelledHost } from './labelled-host.ts';
import { type Scoring, startPeers } from './python-peers.ts';
import { figure, mean, sum, table } from './table.ts';
import { nthHost, rankedOf, vectorOutcome, vectorsOf } from './vector-outcome.ts';
import { tell } from './workers.ts';

const { values: options } = parseArgs({
  options: {
    hosts: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '6' },
    python: { type: 'string', default: '/usr/bin/python3' },
  },
});
const METRICS = [5, 19, 38];

interface Result {
  readonly method: string;
  readonly metrics: number;
  readonly vectors: number;
  readonly seconds: number;
  readonly vus: number | null;
  readonly auc: number | null;
}

const peers = await startPeers(options.python);
if (peers === null) process.exit();
const results: Result[] = [];
const hosts = Number(options.hosts);
for (const [size, metrics] of METRICS.entries()) {
  for (let n = 0; n < hosts; n += 1) {
    const host = nthHost(metrics, n, { seed: Number(options.seed), days: Number(options.days), faults: 3 });
    const vectors = vectorsOf(host);
    const ofPeers = await peers.score({ rows: vectors.map(({ values }) => [...values]) });
    for (const [method, { scores, seconds }] of [...ours(host, vectors), ...ofPeers]) {
      const ranked = rankedOf(vectors, host.truth, Float64Array.from(scores));
      results.push({ method, metrics, vectors: vectors.length, seconds, ...areas(ranked) });
    }
    tell(size * hosts + n + 1, METRICS.length * hosts);
  }
}
await peers.end();
report();

type Scored = readonly [method: string, Scoring];

function ours(host: LabelledHost, vectors: readonly Vector[]): readonly Scored[] {
  const { ranked, ns } = vectorOutcome(host, vectors, isolationForest());
  return [
    ['ours, distance', distances(vectors)],
    ['ours, confidence', { scores: [...ranked.scores], seconds: ns / 1e9 }],
  ];
}

/** Before calibration, as the others are. */
function distances(vectors: readonly Vector[]): Scoring {
  const standards = new Standards();
  const gauge = isolationForest().make(1);
  const from = cpu();
  const scores = vectors.map(({ values }) => {
    const offsets = standards.offsetsOf(values);
    const distance = gauge.distance(offsets);
    gauge.learn(offsets);
    standards.learn(values);
    return Number.isNaN(distance) ? 0 : distance;
  });
  return { scores, seconds: (cpu() - from) / 1000 };
}

/** Over the last two thirds. */
function areas({ scores, truth }: Ranked): Pick<Result, 'vus' | 'auc'> {
  const first = Math.floor(scores.length / 3);
  const last = { scores: scores.subarray(first), truth: truth.subarray(first) };
  return { vus: volumeUnderPr(last), auc: pointAuc(last) };
}

function report(): void {
  const methods = [...new Set(results.map(({ method }) => method))];
  const columns = METRICS.flatMap((metrics) => [`VUS-PR, ${metrics} metrics`, `AUC-PR, ${metrics} metrics`]);
  const rows = methods.map((method) => {
    const of = results.filter((one) => one.method === method);
    const areasOf = METRICS.flatMap((metrics) => {
      const some = of.filter((one) => one.metrics === metrics);
      return [some.map(({ vus }) => vus), some.map(({ auc }) => auc)];
    });
    const speed = sum(of.map(({ vectors }) => vectors)) / sum(of.map(({ seconds }) => seconds));
    const figures = areasOf.map((of) => figure(mean(of.filter((area) => area !== null))));
    return [method, ...figures, Math.round(speed).toLocaleString('en')];
  });
  const head = ['', ...columns, 'vectors a CPU second'];
  process.stdout.write(
    `${hosts} hosts a number of metrics, seed ${options.seed}\n\n${table([head, ...rows])}`,
  );
}
