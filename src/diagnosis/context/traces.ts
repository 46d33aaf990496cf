import type { Anomaly } from '../../domain/anomaly.ts';
import { correlationIds } from '../../domain/correlation.ts';
import type { KeptRecord } from '../../domain/kept-record.ts';
import { causesFirst, type StackTrace } from '../../domain/trace.ts';
import { type Candidate, numbered, timeText } from './candidate.ts';
import { WORTH } from './weights.ts';

const MOST_CAUSES = 6;
const MOST_RECORDS = 40;
const LONGEST_RECORD = 240;

/** How the error came about (what caused what), and what the request that met it did, in order of time. */
export function traceItems(anomaly: Anomaly, records: readonly KeptRecord[]): readonly Candidate[] {
  return numbered('T', [...causesOf(anomaly), ...requestsOf(anomaly, records)]);
}

function causesOf({ sample, timestamp }: Anomaly): readonly Omit<Candidate, 'id' | 'focus'>[] {
  const chain = sample.trace === null ? [] : causesFirst(sample.trace);
  if (chain.length < 2) return [];
  const text = chain.slice(0, MOST_CAUSES).map(errorLine).join('\n');
  const title = 'chain of causes, nearest to the fault first';
  return [{ kind: 'trace', title, time: timestamp, text, weight: WORTH.causes }];
}

function errorLine({ errorType, message, frames }: StackTrace): string {
  const frame = frames.find(({ inApp }) => inApp) ?? frames[0];
  const place =
    frame === undefined ? '' : ` at ${frame.symbol ?? 'top level'} (${frame.file}:${frame.line ?? '?'})`;
  return `${errorType}: ${message.split('\n')[0] ?? ''}${place}`;
}

function requestsOf(
  anomaly: Anomaly,
  records: readonly KeptRecord[],
): readonly Omit<Candidate, 'id' | 'focus'>[] {
  return correlationIds(anomaly.sample).flatMap(({ name, value }) => {
    const own = records.filter((record) => isOf(record, value) && record.id !== anomaly.eventId);
    if (own.length === 0) return [];
    const lines = own.slice(-MOST_RECORDS).map((record) => `${timeText(record.timestamp)} ${saidBy(record)}`);
    const sources = new Set(own.map(({ source }) => source));
    const title = `what ${name} ${value} did in ${[...sources].join(', ')}, ${own.length} records`;
    const time = own[0]?.timestamp ?? null;
    return [{ kind: 'trace' as const, title, time, text: lines.join('\n'), weight: WORTH.request }];
  });
}

/** A record carries the id of a request, in a label or in its text. */
export function isOf(record: KeptRecord, id: string): boolean {
  return record.text.includes(id) || Object.values(record.labels).some((value) => value.includes(id));
}

function saidBy({ source, level, message, error }: KeptRecord): string {
  const said = error === null || message.includes(error) ? message : `${message}: ${error}`;
  return `${source} ${level?.toUpperCase() ?? '-'} ${said.replaceAll('\n', ' ').slice(0, LONGEST_RECORD)}`;
}
