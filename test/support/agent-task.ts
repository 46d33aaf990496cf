import type { AgentTask } from '../../src/ports/agent.ts';
import type { EditableFiles } from '../../src/ports/files.ts';

/** No files at all: for agents that are programs of their own. */
const noFiles: EditableFiles = {
  files: async () => [],
  read: async () => null,
  write: async () => undefined,
};

/** The first round of a fault that nobody described. */
export const firstRound: Pick<AgentTask, 'round' | 'feedback' | 'fault' | 'files' | 'refuses'> = {
  round: 1,
  feedback: null,
  fault: { message: null, trace: null, suspects: [] },
  files: noFiles,
  refuses: () => null,
};

/** Every test of these files, or the whole suite. */
export function allOf(files: readonly string[]) {
  return { files, only: null, coverage: false };
}
