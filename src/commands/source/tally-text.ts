import { clean, cutTo } from '../../tui/text.ts';
import { count } from '../../tui/words.ts';
import type { Printer } from '../print.ts';
import type { Tally } from './tally.ts';

/** What a test of a source found, for a person. */
export function tallyText(found: Tally, print: Printer): readonly string[] {
  return [
    row('read', readOf(found)),
    ...(found.last_error === null ? [] : [row('error', clean(found.last_error))]),
    ...(found.dropped === 0 ? [] : [row('lost', count(found.dropped, 'record', 'records'))]),
    ...(found.understood.lines === 0 ? [] : lineRows(found)),
    row('events', `${found.events}, ${found.errors} with a stack trace`),
    row('learnt', `${found.templates} message templates, ${found.series} series`),
    ...(found.dead.length === 0
      ? []
      : [row('failed', `${found.dead.length}: ${clean(found.dead[0] ?? '')}`)]),
    ...(found.samples.length === 0 ? [] : ['', print.paint('dim', 'the last ones:')]),
    ...found.samples.map((text) => `  ${cutTo(clean(text), print.columns - 3)}`),
    ...(found.records === 0 ? ['', nothing(found)] : []),
  ];
}

function row(name: string, text: string): string {
  return `${name.padEnd(8)} ${text}`;
}

function readOf({ lines, logs, metrics, errors, records, streams }: Tally): string {
  if (records === 0) return 'nothing came';
  const kinds = [
    count(lines, 'line', 'lines'),
    count(logs, 'log event', 'log events'),
    count(metrics, 'metric point', 'metric points'),
  ];
  const counts = [lines, logs, metrics];
  const there = kinds.filter((_, i) => (counts[i] ?? 0) > 0);
  const what = there.length === 0 ? count(errors, 'error', 'errors') : there.join(', ');
  return `${what} of ${count(streams.length, 'stream', 'streams')}`;
}

function lineRows({ understood }: Tally): readonly string[] {
  const { formats, with_time, with_level, carried_time, carried_level, wrapped, zone, lines } = understood;
  const names = formats.map((format) => `${format.name} ${percent(format.lines / lines)}`).join(', ');
  const guess = { given: 'as configured', guessed: 'guessed from live lines', assumed: 'assumed' }[zone.from];
  const carrier = `${percent(wrapped)} of lines: syslog, a container runtime or another carrier, whose time serves`;
  return [
    row('format', names),
    ...(wrapped === 0 ? [] : [row('wrapped', carrier)]),
    row('time', `${carry(with_time, carried_time)}; without a zone it is ${zone.name} (${guess})`),
    row('level', carry(with_level, carried_level)),
  ];
}

/** Shares of the lines whose text has it, and of those for which the source knows it. */
function carry(text: number, source: number): string {
  const own = `${percent(text)} of lines carry one`;
  return source === 0 ? own : `${own}, the source knows it of ${percent(source)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function nothing({ state, last_error }: Tally): string {
  if (state === 'failing' || last_error !== null)
    return 'next: correct what the error names, then test it again';
  return 'next: have it write or send something, and try --seconds 30';
}
