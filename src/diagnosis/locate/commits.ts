import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Commit, Repository } from '../../ports/repository.ts';
import { enclosing } from './source-text.ts';

const MOST = 5;

/** Commits that touched what is suspected: the line itself, the function around it, the file. */
export async function suspectCommits(
  suspects: readonly CodeLocation[],
  repository: Repository,
): Promise<readonly SuspectCommit[]> {
  const found = new Map<string, SuspectCommit>();
  const add = (commit: Commit, score: number, why: string): void => {
    const known = found.get(commit.sha);
    if (known !== undefined && known.score >= score) return;
    const { sha, author, date } = commit;
    const subject = redact(commit.subject);
    found.set(sha, { sha, subject, author, date, score: Math.round(score * 100) / 100, why });
  };
  for (const suspect of suspects.slice(0, 3)) {
    const { file, line, score } = suspect;
    const blamed = await repository.blame(file, line);
    if (blamed !== null) add(blamed, 0.8 * score, `last changed ${file}:${line}`);
    const range = await rangeOf(suspect, repository);
    const touched = range === null ? [] : await repository.lineLog(file, range, 3);
    touched.forEach((commit, age) =>
      add(commit, (0.95 - 0.2 * age) * score, `changed ${suspect.symbol ?? file}`),
    );
    const around = await repository.log([file], 2);
    around.forEach((commit, age) => add(commit, (0.4 - 0.1 * age) * score, `touched ${file}`));
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score || b.date - a.date).slice(0, MOST);
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
