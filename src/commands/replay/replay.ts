import { resolve, sep } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { PipelineOptions } from '../../pipeline/options.ts';
import type { House } from '../../ports/house.ts';
import type { TableOptions } from './csv/table.ts';
import { type FileReplay, replayFile } from './replay-file.ts';
import { replayJson } from './replay-json.ts';
import { fileText, summaryText, sweepText } from './replay-text.ts';
import { sweep } from './sweep.ts';
import { type Input, targetsOf } from './targets.ts';

export interface ReplayOptions {
  readonly pipeline: Omit<PipelineOptions, 'source' | 'keep'>;
  readonly table: TableOptions;
  /** Folder (or one .csv file) that gets a score for each row; null for none. */
  readonly scores: string | null;
  readonly sweep: boolean;
  readonly json: boolean;
}

export interface Say {
  /** Data, for stdout. */
  readonly out: (text: string) => void;
  /** A message, without line end. */
  readonly note: (text: string) => void;
}

/**
 * Runs the production pipeline over recorded files at full speed and prints what it would have noticed. Each file is a
 * source of its own. Answers the exit code.
 * @throws VigilError `bad_input` for what cannot be read or written, `usage` for scores that have no place of their own.
 */
export async function runReplay(
  paths: readonly string[],
  house: Pick<House, 'readToEnd' | 'filesBelow' | 'writeText' | 'clock'>,
  options: ReplayOptions,
  say: Say,
): Promise<number> {
  const start = house.clock.now();
  const inputs = await inputsOf(paths, house, options);
  const targets = options.scores === null ? null : targetsOf(inputs, options.scores);
  const replaying = { house, ...options, start, note: say.note };
  const files: FileReplay[] = [];
  for (const file of inputs.flatMap((input) => input.files)) {
    const replay = await replayFile(file, replaying, targets?.get(file) ?? null);
    files.push(replay);
    if (!options.json) say.out(fileText(replay));
  }
  const levels = options.sweep ? await sweep(files, replaying) : null;
  const seconds = (house.clock.now() - start) / 1000;
  if (options.json) say.out(`${JSON.stringify(replayJson(files, levels, seconds), null, 2)}\n`);
  else say.out(`${summaryText(files, seconds)}${levels === null ? '' : sweepText(levels)}`);
  return 0;
}

async function inputsOf(
  paths: readonly string[],
  house: Pick<House, 'filesBelow'>,
  { scores, sweep: again }: ReplayOptions,
): Promise<readonly Input[]> {
  if (again && paths.includes('-')) {
    throw new VigilError('usage', {
      what: '--sweep reads its input several times, and stdin comes once',
      hint: 'Write it to a file first.',
    });
  }
  // Scores of an earlier run are no recording.
  const written = scores === null ? null : resolve(scores) + sep;
  const inputs: Input[] = [];
  for (const path of paths) {
    const files = await house.filesBelow(path);
    inputs.push({
      path,
      files: files.filter((file) => written === null || !resolve(file).startsWith(written)),
    });
  }
  return inputs;
}
