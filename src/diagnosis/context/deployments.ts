import type { Anomaly } from '../../domain/anomaly.ts';
import type { Labels } from '../../domain/event.ts';
import type { Tag } from '../../ports/repository.ts';
import type { Around } from '../../ports/surroundings.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

type Found = Omit<Candidate, 'id' | 'focus'>;

const DAY_MS = 86_400_000;
/** What was released longer ago explains little of what is new today. */
const RECENT_MS = 14 * DAY_MS;
const MOST_TAGS = 2;
const MOST_TOLD = 3;

/** What was released when: versions that telemetry carries, releases that it speaks of, and tags of the repository. */
export function deploymentItems(
  anomaly: Anomaly,
  { records, others }: Pick<Around, 'records' | 'others'>,
  tags: readonly Tag[],
): readonly Candidate[] {
  return numbered('D', [
    ...versionChange(anomaly, [...records, ...others.map(seenVersion)]),
    ...toldReleases(anomaly, records),
    ...tagsBefore(anomaly, tags),
  ]);
}

/** A moment at which a source said its version. */
interface Seen {
  readonly source: string;
  readonly timestamp: number;
  readonly labels: Labels;
}

const VERSION =
  /^(?:service[._]version|app[._]version|version|release|build|image|image[._]tag|container\.image\.tag|deployment[._]version|git[._](?:sha|commit))$/i;

function seenVersion({ source, timestamp, sample }: Anomaly): Seen {
  return { source, timestamp, labels: sample.labels };
}

function versionOf(labels: Labels): readonly [name: string, version: string] | null {
  return Object.entries(labels).find(([name]) => VERSION.test(name)) ?? null;
}

/** The last change of version in the anomaly's own source until it was first seen. */
function versionChange(anomaly: Anomaly, all: readonly Seen[]): readonly Found[] {
  const own = [...all, seenVersion(anomaly)]
    .filter(({ source, timestamp }) => source === anomaly.source && timestamp <= anomaly.timestamp)
    .toSorted((a, b) => a.timestamp - b.timestamp)
    .flatMap(({ timestamp, labels }) => {
      const version = versionOf(labels);
      return version === null ? [] : [{ timestamp, name: version[0], version: version[1] }];
    });
  const last = own.at(-1);
  if (last === undefined) return [];
  const old = own.findLast(({ name, version }) => name === last.name && version !== last.version);
  const fresh = old === undefined ? last : (own.find((one) => one.timestamp > old.timestamp) ?? last);
  const text =
    old === undefined
      ? `${last.name} is ${last.version}; no other version was seen near it.`
      : `${last.name} went from ${old.version} (last seen ${timeText(old.timestamp)}) to ${last.version} (first seen ${timeText(fresh.timestamp)}).`;
  const title = old === undefined ? `version ${last.version}` : `version ${old.version} to ${last.version}`;
  const weight = old === undefined ? WORTH.deploy / 2 : WORTH.deploy;
  return [{ kind: 'deploy', title, time: fresh.timestamp, text, weight }];
}

const RELEASE =
  /\b(?:deploy(?:ed|ing|ment)?|released?|releasing|roll(?:ed|ing)? ?out|rollout|rolled back|rollback|upgraded to|(?:start(?:ed|ing)|running|booting) .{0,30}version|migrat(?:ed|ing|ion))\b/i;

function toldReleases(anomaly: Anomaly, records: Around['records']): readonly Found[] {
  return records
    .filter(({ id, message }) => id !== anomaly.eventId && RELEASE.test(message.slice(0, 300)))
    .filter(({ timestamp }) => timestamp <= anomaly.lastSeen)
    .slice(-MOST_TOLD)
    .map(({ source, timestamp, message }, i) => ({
      kind: 'deploy',
      title: `${source} speaks of a release`,
      time: timestamp,
      text: `${timeText(timestamp)} ${message.slice(0, 300)}`,
      weight: WORTH.deploy * NEXT ** i,
    }));
}

function tagsBefore({ firstSeen }: Anomaly, tags: readonly Tag[]): readonly Found[] {
  return tags
    .filter(({ date }) => firstSeen === 0 || (date <= firstSeen && firstSeen - date <= RECENT_MS))
    .toSorted((a, b) => b.date - a.date)
    .slice(0, MOST_TAGS)
    .map(({ name, date, commit, subject }, i) => ({
      kind: 'deploy',
      title: `tag ${name}`,
      time: date,
      text: `${timeText(date)}, commit ${commit.slice(0, 10)} ${subject}${firstSeen === 0 ? '' : `; ${lengthText(firstSeen - date)} before it was first seen`}`,
      weight: WORTH.deploy * NEXT ** (i + 1),
    }));
}

function lengthText(ms: number): string {
  if (ms < 2 * 3_600_000) return `${Math.round(ms / 60_000)} minutes`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / DAY_MS)} days`;
}
