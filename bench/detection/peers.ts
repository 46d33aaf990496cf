/**
 * The judge beside usual ways of scoring a series in Python (peers.py), on the same labelled series in the same run: how
 * well scores rank what is wrong in the last two thirds, and how many points a second of CPU time judges. The judge has each point
 * as it comes; the others have the whole series at once.
 *   node bench/detection/peers.ts [--series 210] [--seed 1] [--python python3]
 * Needs scikit-learn, such as Debian's python3-sklearn.
 */

import { parseArgs } from 'node:util';
import { pointAuc, volumeUnderPr } from './areas.ts';
import { BASE_NAMES } from './bases.ts';
import { createJudge } from './judge.ts';
import { type LabelledSeries, labelledSeries } from './labelled-series.ts';
import { rankedOf } from './outcome.ts';
import { type Scoring, startPeers } from './python-peers.ts';
import { figure, mean, sum, table } from './table.ts';
import { tell } from './workers.ts';

const { values: options } = parseArgs({
  options: {
    series: { type: 'string', default: '210' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
  },
});

interface Result {
  readonly method: string;
  readonly base: string;
  readonly points: number;
  readonly seconds: number;
  readonly vus: number | null;
  readonly auc: number | null;
}

const peers = await startPeers(options.python);
if (peers === null) process.exit();
const results: Result[] = [];
const count = Number(options.series);
for (let n = 0; n < count; n += 1) {
  const series = labelledSeries(Number(options.seed), n);
  const ofPeers = await peers.score({ values: series.samples.map(({ value }) => value) });
  for (const [method, scored] of [['the judge', judged(series)] as const, ...ofPeers]) {
    results.push({ method, base: series.base, ...measured(series, scored) });
  }
  tell(n + 1, count);
}
await peers.end();
report();

function judged({ samples }: LabelledSeries): Scoring {
  const judge = createJudge();
  const from = process.cpuUsage();
  const scores = samples.map(({ time, value }) => judge.push(time, value).raw);
  const { user, system } = process.cpuUsage(from);
  return { scores, seconds: (user + system) / 1e6 };
}

function measured(series: LabelledSeries, { scores, seconds }: Scoring): Omit<Result, 'method' | 'base'> {
  const whole = rankedOf(series, Float64Array.from(scores));
  const first = Math.floor(scores.length / 3);
  const ranked = { scores: whole.scores.subarray(first), truth: whole.truth.subarray(first) };
  return { points: scores.length, seconds, vus: volumeUnderPr(ranked), auc: pointAuc(ranked) };
}

function report(): void {
  const methods = [...new Set(results.map(({ method }) => method))];
  const head = [
    '',
    'VUS-PR',
    'AUC-PR',
    ...BASE_NAMES.map((base) => `VUS-PR, ${base}`),
    'points a CPU second',
  ];
  const rows = methods.map((method) => {
    const of = results.filter((one) => one.method === method);
    const vusOf = (some: readonly Result[]) => mean(some.map(({ vus }) => vus).filter((vus) => vus !== null));
    const auc = mean(of.map((one) => one.auc).filter((one) => one !== null));
    const bases = BASE_NAMES.map((base) => vusOf(of.filter((one) => one.base === base)));
    const speed = sum(of.map(({ points }) => points)) / sum(of.map(({ seconds }) => seconds));
    return [method, ...[vusOf(of), auc, ...bases].map(figure), Math.round(speed).toLocaleString('en')];
  });
  process.stdout.write(`${count} series, seed ${options.seed}\n\n${table([head, ...rows])}`);
}
