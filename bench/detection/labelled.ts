/**
 * What is found of what is known to be wrong: series with labelled anomalies go through the judge. An episode that opens
 * inside an anomaly or up to twenty intervals after it is a hit; any other is a false alarm, but for the first day.
 *   node bench/detection/labelled.ts [--series 840] [--seed 1] [--without DETECTOR]... [--workers 2]
 */

import { parseArgs } from 'node:util';
import { ANOMALY_NAMES, SIZES } from './anomalies.ts';
import { BASE_NAMES } from './bases.ts';
import type { LabelledTask } from './labelled-worker.ts';
import { quality } from './metrics.ts';
import type { Found, Outcome } from './outcome.ts';
import { figure, mean, median, sum, table } from './table.ts';
import { onWorkers } from './workers.ts';

const { values: options } = parseArgs({
  options: {
    series: { type: 'string', default: '840' },
    seed: { type: 'string', default: '1' },
    without: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '2' },
  },
});
const { without } = options;
const tasks = Array.from({ length: Number(options.series) }, (_, n) => ({
  seed: Number(options.seed),
  n,
  without,
}));
const worker = new URL('labelled-worker.ts', import.meta.url);
const outcomes = await onWorkers<LabelledTask, Outcome>(worker, tasks, Number(options.workers));

const left = without.length === 0 ? '' : `, without ${without.join(', ')}`;
process.stdout.write(`${outcomes.length} series, seed ${options.seed}${left}\n\n`);
process.stdout.write(`${qualityTable(outcomes)}\n`);
process.stdout.write(`Found of weak, medium and strong ones, percent:\n\n${recallTable(outcomes)}`);

function qualityTable(all: readonly Outcome[]): string {
  const intervals = [...new Set(all.map(({ intervalMs }) => intervalMs))].toSorted((a, b) => a - b);
  return table([
    ['', 'series', 'anomalies', 'recall', 'precision', 'F1', 'false alarms a day', 'VUS-PR', 'AUC-PR'],
    ...BASE_NAMES.map((base) =>
      qualityRow(
        base,
        all.filter((one) => one.base === base),
      ),
    ),
    ...intervals.map((intervalMs) =>
      qualityRow(
        `all, ${intervalMs / 1000} s`,
        all.filter((one) => one.intervalMs === intervalMs),
      ),
    ),
    qualityRow('all', all),
  ]);
}

function qualityRow(name: string, some: readonly Outcome[]): readonly string[] {
  const labels = some.flatMap(({ found }) => found);
  const falseAlarms = sum(some.map((one) => one.falseAlarms));
  const { precision, recall, f1 } = quality(hitsOf(labels).length, labels.length, falseAlarms);
  const days = sum(some.map(({ daysJudged }) => daysJudged));
  const areas = [some.map(({ vus }) => vus), some.map(({ auc }) => auc)];
  const figures = [
    recall,
    precision,
    f1,
    falseAlarms / days,
    ...areas.map((of) => mean(of.filter((area) => area !== null))),
  ];
  return [name, String(some.length), String(labels.length), ...figures.map(figure)];
}

function recallTable(all: readonly Outcome[]): string {
  const rows = ANOMALY_NAMES.map((anomaly) => {
    const labelsOf = (some: readonly Outcome[]) =>
      some.flatMap(({ found }) => found).filter((label) => label.anomaly === anomaly);
    const labels = labelsOf(all);
    const delay = median(hitsOf(labels));
    const bases = BASE_NAMES.map((base) => recalls(labelsOf(all.filter((one) => one.base === base))));
    return [anomaly, ...bases, recalls(labels), String(labels.length), delay === null ? '-' : String(delay)];
  });
  return table([['', ...BASE_NAMES, 'all', 'number', 'median delay, intervals'], ...rows]);
}

/** Delays of those that were found. */
function hitsOf(labels: readonly Found[]): readonly number[] {
  return labels.map(({ delay }) => delay).filter((delay) => delay !== null);
}

/** Such as `0 50 100`; a dash for a size that there is none of. */
function recalls(labels: readonly Found[]): string {
  if (labels.length === 0) return '';
  const ofSize = SIZES.map((size) => labels.filter((label) => label.size === size));
  return ofSize
    .map((some) => (some.length === 0 ? '-' : Math.round((100 * hitsOf(some).length) / some.length)))
    .join(' ');
}
