import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Commit } from '../../ports/repository.ts';
import { type Code, enclosingScope } from './code.ts';
import { COMMIT } from './weights.ts';

const MOST = 5;

export interface Seen {
  readonly by: string;
  /** When the anomaly was last seen, epoch ms. */
  readonly at: number;
}

/** Commits that touched what is suspected: the line itself, the function around it, the file. Best first. */
export async function suspectCommits(
  suspects: readonly CodeLocation[],
  code: Code,
  { by, at }: Seen,
): Promise<readonly SuspectCommit[]> {
  const weights = by === 'route' ? COMMIT.byScope : COMMIT.byLine;
  const found = new Map<string, SuspectCommit>();
  for (const suspect of suspects.slice(0, 3)) {
    for (const { commit, weight, why } of await tiedTo(suspect, weights, code)) {
      const { sha, author, date } = commit;
      const score = Math.round(weight * suspect.score * (date > at ? COMMIT.tooLate : 1) * 100) / 100;
      const known = found.get(sha);
      if (known !== undefined && known.score >= score) continue;
      found.set(sha, { sha, subject: redact(commit.subject), author, date, score, why });
    }
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score || b.date - a.date).slice(0, MOST);
}

interface Tie {
  readonly commit: Commit;
  readonly weight: number;
  readonly why: string;
}

async function tiedTo(
  suspect: CodeLocation,
  weights: typeof COMMIT.byLine | typeof COMMIT.byScope,
  code: Code,
): Promise<readonly Tie[]> {
  const { file, line, symbol } = suspect;
  const { repository } = code;
  const aged = (commits: readonly Commit[], weight: number, why: string): readonly Tie[] =>
    commits.map((commit, age) => ({ commit, weight: Math.max(0.1, weight - COMMIT.older * age), why }));
  const blamed = await repository.blame(file, line);
  const around = enclosingScope(code, file, line);
  const touched = around === null ? [] : await repository.lineLog(file, [around.from, around.to], 3);
  return [
    ...aged(blamed === null ? [] : [blamed], weights.line, `last changed ${file}:${line}`),
    ...aged(touched, weights.scope, `changed ${symbol ?? file}`),
    ...aged(await repository.log([file], 2), weights.file, `touched ${file}`),
  ];
}
