import type { SourceRecord } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import { clean } from '../../tui/text.ts';
import type { Printer } from '../print.ts';
import type { Tally } from './tally.ts';

/** What a test of a source found, for a person. */
export function tallyText(found: Tally, print: Printer): readonly string[] {
  return [
    row('read', `${found.records} records of ${found.streams.length} streams, ${kindsOf(found)}`),
    ...(found.last_error === null ? [] : [row('error', clean(found.last_error))]),
    ...(found.dropped === 0 ? [] : [row('lost', `${found.dropped} records`)]),
    ...(found.understood.lines === 0 ? [] : lineRows(found)),
    row('events', `${found.events}, ${found.errors} with a stack trace`),
    row('learnt', `${found.templates} message templates, ${found.series} series`),
    ...(found.dead.length === 0
      ? []
      : [row('failed', `${found.dead.length}: ${clean(found.dead[0] ?? '')}`)]),
    ...(found.samples.length === 0 ? [] : ['', print.paint('dim', 'the last ones:')]),
    ...found.samples.map((record) => `  ${clean(shown(record)).slice(0, print.columns - 3)}`),
    ...(found.records === 0 ? ['', nothing(found)] : []),
  ];
}

function row(name: string, text: string): string {
  return `${name.padEnd(8)} ${text}`;
}

function kindsOf({ lines, logs, metrics, errors, records }: Tally): string {
  if (records === 0) return 'nothing came';
  const kinds = [`${lines} lines`, `${logs} log events`, `${metrics} metric points`];
  const counts = [lines, logs, metrics];
  const there = kinds.filter((_, i) => (counts[i] ?? 0) > 0);
  return there.length === 0 ? `${errors} errors` : there.join(', ');
}

function lineRows({ understood }: Tally): readonly string[] {
  const { formats, withTime, withLevel, zone, lines } = understood;
  const names = formats.map(([name, count]) => `${name} ${percent(count / lines)}`).join(', ');
  const guess = { given: 'as configured', guessed: 'guessed from live lines', assumed: 'assumed' }[zone.from];
  const wrapped = `${percent(understood.wrapped)} of lines: syslog, a container runtime or another carrier, whose time serves`;
  return [
    row('format', names),
    ...(understood.wrapped === 0 ? [] : [row('wrapped', wrapped)]),
    row('time', `${percent(withTime)} of lines carry one; without a zone it is ${zone.name} (${guess})`),
    row('level', `${percent(withLevel)} of lines carry one`),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function shown(record: SourceRecord): string {
  if (typeof record === 'string') return redact(record);
  if (record.type === 'line')
    return redact(record.lane === null ? record.text : `${record.lane} | ${record.text}`);
  if (record.type !== 'metric') return redact(`${record.data.level ?? record.type} ${record.data.message}`);
  const labels = Object.entries(record.metadata).map(([name, value]) => `${name}=${value}`);
  return redact(`${record.data.metricName} ${labels.join(' ')} ${record.data.value}`);
}

function nothing({ state, last_error }: Tally): string {
  if (state === 'failing' || last_error !== null)
    return 'next: correct what the error names, then test it again';
  return 'next: have it write or send something, and try --seconds 30';
}
