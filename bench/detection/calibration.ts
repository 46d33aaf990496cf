/**
 * How often a normal series alarms: series of all kinds in which nothing is wrong go through the judge, and the episodes
 * that open after the first day are counted. The goal is at most 0.05 a series-day at any interval (0.01 quiet, 0.5 sensitive).
 *   node bench/detection/calibration.ts [--series 1000] [--days 30] [--interval 10,60,300] [--kinds KIND,...]
 *     [--seed 1] [--without DETECTOR]... [--sensitivity normal] [--workers 2]
 */

import { parseArgs } from 'node:util';
import { SENSITIVITIES } from '../../src/domain/detection.ts';
import type { Alarms, CalibrationTask } from './calibration-worker.ts';
import { NORMAL_KINDS } from './normal-series.ts';
import { figure, sum, table } from './table.ts';
import { onWorkers } from './workers.ts';

const { values: options } = parseArgs({
  options: {
    series: { type: 'string', default: '1000' },
    days: { type: 'string', default: '30' },
    interval: { type: 'string', default: '10,60,300' },
    kinds: { type: 'string', default: NORMAL_KINDS.join(',') },
    seed: { type: 'string', default: '1' },
    without: { type: 'string', multiple: true, default: [] },
    sensitivity: { type: 'string', default: 'normal' },
    workers: { type: 'string', default: '2' },
  },
});
const days = Number(options.days);
const sensitivity = SENSITIVITIES.find((one) => one === options.sensitivity);
if (sensitivity === undefined) throw new RangeError(`--sensitivity is one of ${SENSITIVITIES.join(', ')}`);
const intervals = options.interval.split(',').map(Number);
const kinds = options.kinds.split(',');
const cells = intervals.flatMap((seconds) => kinds.map((kind) => ({ seconds, kind })));

/** All cells in turn: whatever the number of series, each cell has as many as the others, or one more. */
const tasks = Array.from({ length: Number(options.series) }, (_, i): readonly CalibrationTask[] => {
  const cell = cells[i % cells.length];
  if (cell === undefined) return [];
  const seeds = [Number(options.seed), i];
  const series = { kind: cell.kind, seeds, intervalMs: cell.seconds * 1000, days };
  return [{ series, without: options.without, sensitivity }];
}).flat();

const worker = new URL('calibration-worker.ts', import.meta.url);
const alarms = await onWorkers<CalibrationTask, Alarms>(worker, tasks, Number(options.workers));

/** Of the series that are meant: alarms a series-day, and the share of series with any. */
function found(isMeant: (series: CalibrationTask['series']) => boolean): readonly string[] {
  const counts = alarms.filter((_, i) => tasks[i] !== undefined && isMeant(tasks[i].series));
  const any = counts.filter((count) => count > 0).length;
  return [figure(sum(counts) / (counts.length * (days - 1))), figure(any / counts.length)];
}

function row(name: string, isOfKind: (kind: string) => boolean): readonly string[] {
  const of = (seconds: number) =>
    found(({ kind, intervalMs }) => isOfKind(kind) && intervalMs === seconds * 1000);
  return [name, ...intervals.flatMap(of), ...found(({ kind }) => isOfKind(kind))];
}

const left = options.without.length === 0 ? '' : `, without ${options.without.join(', ')}`;
process.stdout.write(
  `${tasks.length} series of ${days} days, ${sensitivity}, seed ${options.seed}${left}\n\n`,
);
process.stdout.write(
  table([
    ['alarms a day', ...intervals.flatMap((seconds) => [`${seconds} s`, 'any']), 'all', 'any'],
    ...kinds.map((kind) => row(kind, (one) => one === kind)),
    row('all', () => true),
  ]),
);
