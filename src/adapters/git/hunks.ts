import type { Hunk } from '../../ports/repository.ts';

/** What stands before a commit's patch, and what the patch does. */
interface Patch {
  readonly head: string;
  readonly hunks: readonly Hunk[];
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Patches of `git log --patch --unified=0`, each after a line that begins with the record separator. A hunk says how many
 * lines follow it, so whatever stands in them is passed over.
 */
export function changesOf(out: string): readonly Patch[] {
  const patches: { head: string; hunks: Hunk[] }[] = [];
  let file = '';
  let inside = 0;
  for (const line of out.split('\n')) {
    if (inside > 0) {
      if (!line.startsWith('\\')) inside -= 1; // `\ No newline at end of file` is none of them
      continue;
    }
    if (line.startsWith('\u001e')) patches.push({ head: line, hunks: [] });
    else if (line.startsWith('+++ ')) file = line.slice('+++ '.length).replace(/\t$/, '');
    const [, before, from, lines] = HUNK.exec(line) ?? [];
    if (from === undefined) continue;
    const hunk = { file, from: Number(from), lines: Number(lines ?? 1), before: Number(before ?? 1) };
    inside = hunk.lines + hunk.before;
    patches.at(-1)?.hunks.push(hunk);
  }
  return patches;
}
