import type { Anomaly } from '../../domain/anomaly.ts';
import type { SuspectCommit } from '../../domain/diagnosis.ts';
import type { Commit } from '../../ports/repository.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

const MOST_BEFORE = 3;
const MOST_FILES = 12;

/** Suspect commits in their order, then the newest others before the anomaly. */
export function commitItems(
  anomaly: Anomaly,
  suspects: readonly SuspectCommit[],
  history: readonly Commit[],
): readonly Candidate[] {
  const known = new Set(suspects.map(({ sha }) => sha));
  const before = history
    .filter(({ sha, date }) => !known.has(sha) && isBefore(date, anomaly))
    .slice(0, MOST_BEFORE);
  return numbered('C', [
    ...suspects.map(({ sha, subject, author, date, why, score }) => ({
      kind: 'commit' as const,
      title: `${sha.slice(0, 10)} ${subject}`,
      time: date,
      text: `${author}, ${new Date(date).toISOString()}: ${why}`,
      weight: WORTH.commit * (0.5 + score / 2),
    })),
    ...before.map(({ sha, subject, author, date, files }, i) => ({
      kind: 'commit' as const,
      title: `${sha.slice(0, 10)} ${subject}`,
      time: date,
      text: `${author}, ${timeText(date)}: among the newest before it; files: ${filesText(files)}`,
      weight: WORTH.commitBefore * NEXT ** i,
    })),
  ]);
}

/** `firstSeen` is 0 where it is not known. */
function isBefore(date: number, { firstSeen }: Anomaly): boolean {
  return firstSeen === 0 || date <= firstSeen;
}

function filesText(files: readonly string[]): string {
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : '';
  return files.slice(0, MOST_FILES).join(', ') + more;
}
