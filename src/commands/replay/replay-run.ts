import { loadFormats } from '../../pipeline/formats/load-formats.ts';
import type { Context } from '../context.ts';
import { runReplay } from './replay.ts';

/** `vigilai replay PATHS...`: the pipeline with the workspace's own settings, and no daemon. */
export async function replay(context: Context, paths: readonly string[]): Promise<number> {
  const { settings } = await context.place();
  const house = await context.house();
  const options = {
    ...settings.detection,
    ...(await loadFormats(settings.formats)),
    json: context.print.json,
  };
  return runReplay(paths, house, options, (text) => void context.io.stdout.write(text));
}
