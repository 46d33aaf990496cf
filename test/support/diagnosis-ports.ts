import type { DiagnosisPorts } from '../../src/diagnosis/diagnose.ts';
import type { LanguageModel } from '../../src/ports/model.ts';
import type { Commit } from '../../src/ports/repository.ts';
import { codeOnPaper } from './code-on-paper.ts';
import { nothingAround } from './nothing-around.ts';
import { virtualClock } from './virtual-clock.ts';

/** A diagnosis in a repository on paper, with money enough. */
export function diagnosisPorts(
  files: Readonly<Record<string, string>>,
  model: LanguageModel | null,
  commits: readonly Commit[] = [],
): DiagnosisPorts {
  return {
    repository: codeOnPaper(files, commits),
    syntax: null,
    model,
    patterns: [],
    clock: virtualClock(1_700_000_000_000),
    surroundings: nothingAround,
    contextTokens: 6000,
    budget: {
      caps: { perAnomaly: 1, perDay: 1, perWorkspace: 1 },
      spent: async () => ({ anomaly: 0, day: 0, workspace: 0 }),
      spend: async () => undefined,
    },
  };
}
