import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Commit } from '../../ports/repository.ts';
import type { Scope } from '../../ports/syntax.ts';
import { type Code, enclosingScope } from './code.ts';
import type { Recent } from './recent.ts';
import { COMMIT } from './weights.ts';

const MOST = 5;

export interface Seen {
  readonly by: string;
  /** When the anomaly was last seen, epoch ms; 0 where that is not known. */
  readonly at: number;
}

/**
 * Commits that touched what is suspected, best first: what changed it lately; of the first suspect, whatever its age, who
 * wrote the line, changed the function and touched the file.
 */
export async function suspectCommits(
  suspects: readonly CodeLocation[],
  recent: ReadonlyMap<Scope, Recent>,
  code: Code,
  { by, at }: Seen,
): Promise<readonly SuspectCommit[]> {
  const weights = by === 'route' ? COMMIT.byScope : COMMIT.byLine;
  const found = new Map<string, SuspectCommit>();
  for (const [rank, suspect] of suspects.entries()) {
    const lately = recentTies(suspect, recent, code);
    const ties = rank === 0 ? [...lately, ...(await tiedTo(suspect, weights, code))] : lately;
    for (const { commit, weight, why } of ties) {
      const { sha, author, date } = commit;
      const isTooLate = at > 0 && date > at;
      const score = Math.round(weight * suspect.score * (isTooLate ? COMMIT.tooLate : 1) * 100) / 100;
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

function recentTies(
  { file, line, symbol }: CodeLocation,
  recent: ReadonlyMap<Scope, Recent>,
  code: Code,
): readonly Tie[] {
  const scope = enclosingScope(code, file, line) ?? code.index.outlines.get(file)?.scopes[0];
  const change = scope === undefined ? undefined : recent.get(scope);
  return change === undefined
    ? []
    : [{ commit: change.commit, weight: COMMIT.lately, why: `changed ${symbol ?? file} lately` }];
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
  const around = enclosingScope(code, file, line);
  const [blamed, touched, logged] = await Promise.all([
    repository.blame(file, line),
    around === null ? [] : repository.lineLog(file, [around.from, around.to], 3),
    repository.log([file], 2),
  ]);
  return [
    ...aged(blamed === null ? [] : [blamed], weights.line, `last changed ${file}:${line}`),
    ...aged(touched, weights.scope, `changed ${symbol ?? file}`),
    ...aged(logged, weights.file, `touched ${file}`),
  ];
}
