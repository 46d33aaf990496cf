import type { RecordBatch } from '../../pipeline/record-batch.ts';
import type { RowScore } from '../../pipeline/row-score.ts';
import { csvLine } from './csv/cells.ts';
import { eachRow, type Rows } from './rows.ts';

const SCORES = ['anomaly_score', 'raw_score'] as const;

/** CSV text, a row an input row: what it is known by, and its scores. `score` takes each in before the next is looked at. */
export async function* scoredText(
  rows: AsyncIterable<Rows>,
  score: (row: RecordBatch) => RowScore,
): AsyncGenerator<string> {
  let isFirst = true;
  for await (const some of rows) {
    let text = isFirst ? `${csvLine([...some.columns, ...SCORES])}\n` : '';
    let row = 0;
    for (const batch of eachRow(some)) {
      const { anomaly, raw } = score(batch);
      text += `${csvLine([...some.cells(row), written(anomaly), written(raw)])}\n`;
      row += 1;
    }
    isFirst = false;
    yield text;
  }
}

/** Nine places keep the order of all but the most certain, and what is below the bar below it. */
function written(score: number): string {
  return String(Number(score.toFixed(9)));
}
