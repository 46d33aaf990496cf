import type { PipelineOptions } from '../../pipeline/options.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import { rowScores } from '../../pipeline/row-score.ts';
import type { House } from '../../ports/house.ts';
import type { TableOptions } from './csv/table.ts';
import { tableRows } from './csv/table-rows.ts';
import { recordRows } from './record-rows.ts';
import type { Rows } from './rows.ts';
import { scoredText } from './score-text.ts';
import { type Tally, tallying } from './tally.ts';

export interface FileReplay extends Tally {
  readonly file: string;
}

/** How files are replayed. */
export interface Replaying {
  readonly house: Pick<House, 'readToEnd' | 'writeText'>;
  readonly pipeline: Omit<PipelineOptions, 'source' | 'keep'>;
  readonly table: TableOptions;
  /** Completes dates without a year, epoch ms; nothing else depends on it. */
  readonly start: number;
  /** Is told, in words, what of a file could not be used. */
  readonly note: (text: string) => void;
}

/**
 * Runs the production pipeline over one file, strictly forward, and writes the scores of its rows to `target`; null for
 * nowhere. @throws VigilError `bad_input` for what cannot be read or written.
 */
export async function replayFile(
  file: string,
  replaying: Replaying,
  target: string | null,
): Promise<FileReplay> {
  const source = sourceOf(file);
  const scores = target === null ? null : rowScores();
  const pipeline = createPipeline({ source, ...replaying.pipeline, keep: 'nothing' }, scores);
  const tally = tallying(pipeline);
  const rows = tally.passing(rowsOf(file, replaying));
  if (scores === null || target === null) {
    for await (const { batch } of rows) tally.add(pipeline.push(batch));
  } else {
    const text = scoredText(rows, (row) => {
      tally.add(pipeline.push(row));
      return scores.take();
    });
    await replaying.house.writeText(target, text);
  }
  return { file, ...tally.end() };
}

function rowsOf(file: string, { house, table, start, note }: Replaying): AsyncIterable<Rows> {
  const batches = house.readToEnd(file);
  return /\.csv(?:\.gz)?$/i.test(file) ? tableRows(file, batches, table, note) : recordRows(batches, start);
}

/** Name of the file without folders and endings. */
function sourceOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/(?:\.(?:log|txt|json|jsonl|ndjson|csv))?(?:\.gz)?$/i, '') || name;
}
