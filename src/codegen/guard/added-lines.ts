import type { FileChange } from '../../ports/workspace.ts';

/** Lines that the file did not have before, whatever their place. */
export function addedLines(change: FileChange): readonly string[] {
  if (change.after === null) return [];
  const before = new Set((change.before ?? '').split('\n'));
  return change.after.split('\n').filter((line) => !before.has(line));
}
