import type { Anomaly } from '../../domain/anomaly.ts';
import { correlationIds } from '../../domain/correlation.ts';
import type { KeptRecord } from '../../domain/kept-record.ts';
import { maskText } from '../../domain/mask.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { isOf } from './traces.ts';
import { NEXT, WORTH } from './weights.ts';

/** Title of the item that holds them. */
export const LINES_BEFORE = 'lines just before it';

const MOST_TEMPLATES = 20;
const LONGEST_EXAMPLE = 1000;

/** One message with what varies in it left out, and how often it was said around the anomaly. */
interface Group {
  readonly template: string;
  readonly source: string;
  readonly records: readonly KeptRecord[];
  /** Higher is told first. */
  readonly worth: number;
}

/**
 * The lines just before it as they stand, then what was said around it: an item a template, with count, first and last
 * time and one example. Those of the same trace or request come first, then errors, then what is nearest in time.
 */
export function logItems(anomaly: Anomaly, records: readonly KeptRecord[]): readonly Candidate[] {
  const groups = groupsOf(anomaly, records)
    .toSorted((a, b) => b.worth - a.worth || (a.template < b.template ? -1 : 1))
    .slice(0, MOST_TEMPLATES);
  return numbered('L', [...linesBefore(anomaly), ...groups.map(groupItem)]);
}

function linesBefore({ sample, timestamp }: Anomaly): readonly Omit<Candidate, 'id' | 'focus'>[] {
  if (sample.before.length === 0) return [];
  return [
    {
      kind: 'log',
      title: LINES_BEFORE,
      time: timestamp,
      text: sample.before.join('\n'),
      weight: WORTH.before,
    },
  ];
}

function groupsOf(anomaly: Anomaly, records: readonly KeptRecord[]): readonly Group[] {
  const ids = correlationIds(anomaly.sample).map(({ value }) => value);
  const others = records.filter(({ id }) => id !== anomaly.eventId);
  const byTemplate = Map.groupBy(others, ({ source, level, message, error }) =>
    [source, level ?? '', maskText(error ?? message)].join('\u0000'),
  );
  return [...byTemplate.values()].map((own) => {
    const [first] = own;
    const isOurs = own.some((record) => ids.some((id) => isOf(record, id)));
    const isError = own.some(({ level, error }) => error !== null || level === 'error' || level === 'fatal');
    const worth =
      (isOurs ? WORTH.sameRequestLog : isError ? WORTH.errorLog : WORTH.log) * nearness(own, anomaly);
    const template = maskText(first?.error ?? first?.message ?? '');
    return { template, source: first?.source ?? '', records: own, worth };
  });
}

const MINUTE_MS = 60_000;

/** 1 for what was said in the second of the anomaly, one half ten minutes away; what was said often tells less. */
function nearness(own: readonly KeptRecord[], { firstSeen }: Anomaly): number {
  const away = Math.min(...own.map(({ timestamp }) => Math.abs(timestamp - firstSeen)));
  const near = 1 / (1 + away / (10 * MINUTE_MS));
  return near * (own.length > 50 ? NEXT : 1);
}

function groupItem({ template, source, records, worth }: Group): Omit<Candidate, 'id' | 'focus'> {
  const times = records.map(({ timestamp }) => timestamp);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const when = first === last ? timeText(first) : `${timeText(first)} to ${timeText(last)}`;
  const level = records[0]?.level?.toUpperCase() ?? '';
  const title = `${records.length}x ${source} ${level} ${template}`;
  const example = records.at(-1)?.text.slice(0, LONGEST_EXAMPLE) ?? '';
  return { kind: 'log', title, time: first, text: `${when}, such as:\n${example}`, weight: worth };
}
