import { ALARMS_PER_DAY, type Sensitivity } from '../../src/domain/detection.ts';
import { createJudge } from './judge.ts';
import { type NormalSeries, normalSeries } from './normal-series.ts';
import { DAY } from './processes.ts';
import { answerTasks } from './workers.ts';

export interface CalibrationTask {
  readonly series: NormalSeries;
  readonly without: readonly string[];
  readonly sensitivity: Sensitivity;
}

/** Episodes that open after the first day. */
export type Alarms = number;

answerTasks<CalibrationTask, Alarms>(({ series, without, sensitivity }) => {
  const judge = createJudge(without, ALARMS_PER_DAY[sensitivity]);
  let judgedFrom = Number.POSITIVE_INFINITY;
  let alarms = 0;
  for (const { time, value } of normalSeries(series)) {
    judgedFrom = Math.min(judgedFrom, time + DAY);
    if (judge.push(time, value).opened && time >= judgedFrom) alarms += 1;
  }
  return alarms;
});
