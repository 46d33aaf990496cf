import { type Project, runIn } from './project.ts';

/** What an application tells of a run, in order (`apps/<language>`, the journal). */
export type Told =
  | { readonly kind: 'compared'; readonly words: string; readonly value: string }
  | { readonly kind: 'failed'; readonly words: string; readonly error: string; readonly trace: string };

/** How a run went wrong, after `before` results that were as they should be. */
export type Deviation = { readonly before: number } & (
  | { readonly kind: 'differs'; readonly words: string; readonly had: string; readonly now: string }
  | { readonly kind: 'failed'; readonly words: string; readonly error: string; readonly trace: string }
);

/** A bug may make a loop endless. CPU time is limited, so that a busy machine finds the same bugs. */
const LIMITED = ['sh', '-c', 'ulimit -t 5; exec "$@"', 'sh'] as const;
/** Of one that only waits. */
const TIMEOUT_MS = 60_000;

export function runNight(project: Project, tree: string): readonly Told[] {
  return runIn(tree, [...LIMITED, ...project.command], TIMEOUT_MS)
    .out.split('\n')
    .filter((line) => line.startsWith('{"kind"') && line.endsWith('}'))
    .map((line): Told => JSON.parse(line));
}

/** The first deviation from what was usual; null when all is as it should be, or when a run ended without a word. */
export function deviationOf(usual: readonly Told[], told: readonly Told[]): Deviation | null {
  for (const [before, one] of told.entries()) {
    const other = usual[before];
    if (one.kind === 'failed') return { ...one, before };
    if (other?.kind !== 'compared' || other.words !== one.words) return null;
    if (other.value !== one.value)
      return { kind: 'differs', before, words: one.words, had: other.value, now: one.value };
  }
  return null;
}
