import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation, SuspectCommit } from '../../domain/diagnosis.ts';
import { lengthText } from '../../domain/explain.ts';
import type { Located } from '../locate/locate.ts';

const DAY_MS = 86_400_000;
/** A change speaks for itself for so long. */
const RECENT_MS = 7 * DAY_MS;
/** A change that is older is ruled out as what set it off. */
const OLD_MS = 14 * DAY_MS;

export interface TimedChange {
  readonly commit: SuspectCommit;
  /** How long before the fault was first seen, such as `3 h`. */
  readonly before: string;
}

/** The newest suspect commit, if it came within the week before the fault was first seen and names the place. */
export function changeOf(
  { file, symbol }: CodeLocation,
  { commits }: Located,
  { firstSeen }: Anomaly,
): TimedChange | null {
  const commit = newestOf(commits.filter(({ date }) => date <= firstSeen));
  if (commit === null || firstSeen - commit.date > RECENT_MS) return null;
  const isHere = commit.why.includes(file) || (symbol !== null && commit.why.includes(symbol));
  return isHere ? { commit, before: lengthText(firstSeen - commit.date) } : null;
}

/** The newest suspect commit where all of them are too old to have set it off, or came after it. */
export function untimely({ commits }: Located, { firstSeen }: Anomaly): SuspectCommit | null {
  const newest = newestOf(commits);
  if (firstSeen === 0 || newest === null) return null;
  const isTimely = commits.some(({ date }) => date <= firstSeen && firstSeen - date <= OLD_MS);
  return isTimely ? null : newest;
}

function newestOf(commits: readonly SuspectCommit[]): SuspectCommit | null {
  return commits.toSorted((a, b) => b.date - a.date)[0] ?? null;
}
