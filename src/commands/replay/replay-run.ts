import { loadFormats } from '../../pipeline/formats/load-formats.ts';
import type { Context } from '../context.ts';
import { runReplay } from './replay.ts';

export interface ReplayFlags {
  readonly scores?: string;
  readonly sweep?: boolean;
  /** Seconds. */
  readonly interval: number;
  /** Names of columns, with commas between them. */
  readonly ignore?: string;
}

/** `vigilai replay PATHS...`: the pipeline with the workspace's own settings, and no daemon. */
export async function replay(
  context: Context,
  paths: readonly string[],
  flags: ReplayFlags,
): Promise<number> {
  const { settings } = await context.place();
  const house = await context.house();
  const { print, io } = context;
  const options = {
    pipeline: { ...settings.detection, ...(await loadFormats(settings.formats)) },
    table: {
      intervalMs: flags.interval * 1000,
      ignore: new Set(flags.ignore?.split(',').map((name) => name.trim())),
    },
    scores: flags.scores ?? null,
    sweep: flags.sweep === true,
    json: print.json,
  };
  return runReplay(paths, house, options, {
    out: (text) => void io.stdout.write(text),
    note: print.note,
  });
}
