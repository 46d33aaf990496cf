import type { BugCase } from './bug-case.ts';
import type { Diagnosed } from './diagnosing.ts';

/** The place of the truth among what was suspected, from 1; null where it is not. */
export interface Score {
  readonly file: number | null;
  readonly function: number | null;
  readonly commit: number | null;
  readonly ms: number;
}

export function scoreOf(
  { truth }: BugCase,
  { suspects, suspect_commits: commits }: Pick<Diagnosed, 'suspects' | 'suspect_commits'>,
  ms: number,
): Score {
  return {
    file: rankOf(suspects, ({ file }) => file === truth.file),
    function: rankOf(
      suspects,
      ({ file, line, symbol }) =>
        file === truth.file && (symbol === truth.function || (truth.from <= line && line <= truth.to)),
    ),
    commit: rankOf(commits, ({ sha }) => sha === truth.commit),
    ms,
  };
}

function rankOf<One>(ranked: readonly One[], isTrue: (one: One) => boolean): number | null {
  const at = ranked.findIndex(isTrue);
  return at === -1 ? null : at + 1;
}

/** The share of scores whose truth is among the first `most`. */
export function shareWithin(
  scores: readonly Score[],
  what: 'file' | 'function' | 'commit',
  most: number,
): number {
  const within = scores.filter((score) => (score[what] ?? Number.POSITIVE_INFINITY) <= most);
  return within.length / scores.length;
}

/** The log names the file of the truth. Where it does not, only the code itself leads there. */
export function isInLog({ log, truth }: BugCase): boolean {
  return (
    log.includes(`/${truth.file}`) || log.includes(`(${truth.file.slice(truth.file.lastIndexOf('/') + 1)}:`)
  );
}
