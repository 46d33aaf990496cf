import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Commit, Repository } from '../../ports/repository.ts';
import { enclosing } from './source-text.ts';

const MOST = 5;

/** Weights of the three ways in which a commit is tied to a suspect; each older commit of a way weighs less. */
interface Weights {
  readonly line: number;
  readonly scope: number;
  readonly file: number;
}
/** The line that threw is known: who wrote it comes first. */
const BY_LINE: Weights = { line: 0.95, scope: 0.75, file: 0.4 };
/** What changed is known, not which line of it: the newest change of the function comes first. */
const BY_SCOPE: Weights = { line: 0.8, scope: 0.95, file: 0.4 };
const OLDER = 0.2;
/** A commit after the fault was last seen can hardly have caused it. */
const TOO_LATE = 0.5;

export interface Seen {
  readonly by: string;
  /** When the anomaly was last seen, epoch ms. */
  readonly at: number;
}

/** Commits that touched what is suspected: the line itself, the function around it, the file. Best first. */
export async function suspectCommits(
  suspects: readonly CodeLocation[],
  repository: Repository,
  { by, at }: Seen,
): Promise<readonly SuspectCommit[]> {
  const weights = by === 'route' ? BY_SCOPE : BY_LINE;
  const found = new Map<string, SuspectCommit>();
  for (const suspect of suspects.slice(0, 3)) {
    for (const { commit, weight, why } of await tiedTo(suspect, weights, repository)) {
      const { sha, author, date } = commit;
      const score = Math.round(weight * suspect.score * (date > at ? TOO_LATE : 1) * 100) / 100;
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
  weights: Weights,
  repository: Repository,
): Promise<readonly Tie[]> {
  const { file, line, symbol } = suspect;
  const aged = (commits: readonly Commit[], weight: number, why: string): readonly Tie[] =>
    commits.map((commit, age) => ({ commit, weight: Math.max(0.1, weight - OLDER * age), why }));
  const blamed = await repository.blame(file, line);
  const range = await rangeOf(suspect, repository);
  const touched = range === null ? [] : await repository.lineLog(file, range, 3);
  return [
    ...aged(blamed === null ? [] : [blamed], weights.line, `last changed ${file}:${line}`),
    ...aged(touched, weights.scope, `changed ${symbol ?? file}`),
    ...aged(await repository.log([file], 2), weights.file, `touched ${file}`),
  ];
}

async function rangeOf(
  suspect: CodeLocation,
  repository: Repository,
): Promise<readonly [number, number] | null> {
  const lines = (await repository.read(suspect.file))?.split('\n');
  if (lines === undefined) return null;
  const around = enclosing(lines, suspect.line);
  return around === null ? null : [around.from, around.to];
}
