import type { Anomaly } from '../../domain/anomaly.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

const NEAR_MS = 10 * 60_000;
const MOST = 5;

/** Other anomalies that were first seen at about the same time, in whatever source: what begins together often has one cause. */
export function neighbourItems(anomaly: Anomaly, others: readonly Anomaly[]): readonly Candidate[] {
  const near = others
    .map((other) => ({ other, away: other.firstSeen - anomaly.firstSeen }))
    .filter(({ away }) => Math.abs(away) <= NEAR_MS)
    .toSorted((a, b) => Math.abs(a.away) - Math.abs(b.away) || (a.other.id < b.other.id ? -1 : 1))
    .slice(0, MOST);
  return numbered(
    'A',
    near.map(({ other, away }, i) => ({
      kind: other.kind,
      title: `another anomaly ${awayText(away)}, in ${other.source}: ${other.title}`,
      time: other.firstSeen,
      text: `first seen ${timeText(other.firstSeen)}, ${other.occurrences} times\n${other.sample.text}`,
      weight: WORTH.neighbour * NEXT ** i,
    })),
  );
}

function awayText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds === 0 ? 'at the same time' : `${seconds} s ${ms < 0 ? 'before' : 'after'}`;
}
