import { SENSITIVITIES, type Sensitivity } from '../../domain/detection.ts';
import { type Expected, expectedOf } from './expected.ts';
import { type FileReplay, type Replaying, replayFile } from './replay-file.ts';

/** What would have been told at one sensitivity. */
export interface Level extends Expected {
  readonly sensitivity: Sensitivity;
  readonly anomalies: number;
}

/** The same files at each sensitivity; `known` is how they were at the configured one. */
export async function sweep(known: readonly FileReplay[], replaying: Replaying): Promise<readonly Level[]> {
  const levels: Level[] = [];
  for (const sensitivity of SENSITIVITIES) {
    const isKnown = sensitivity === replaying.pipeline.sensitivity;
    const files = isKnown ? known : await again(known, replaying, sensitivity);
    const anomalies = files.reduce((sum, one) => sum + one.anomalies.length, 0);
    levels.push({ sensitivity, anomalies, ...expectedOf(files) });
  }
  return levels;
}

async function again(
  known: readonly FileReplay[],
  replaying: Replaying,
  sensitivity: Sensitivity,
): Promise<readonly FileReplay[]> {
  const pipeline = { ...replaying.pipeline, sensitivity };
  // What could not be used was told the first time.
  const quietly = { ...replaying, pipeline, note: () => undefined };
  const files: FileReplay[] = [];
  for (const { file } of known) files.push(await replayFile(file, quietly, null));
  return files;
}
