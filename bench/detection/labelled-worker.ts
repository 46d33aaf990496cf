import { createJudge } from './judge.ts';
import { labelledSeries } from './labelled-series.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { answerTasks } from './workers.ts';

export interface LabelledTask {
  readonly seed: number;
  /** Which series of this seed. */
  readonly n: number;
  readonly without: readonly string[];
}

answerTasks<LabelledTask, Outcome>(({ seed, n, without }) =>
  outcomeOf(labelledSeries(seed, n), createJudge(without)),
);
