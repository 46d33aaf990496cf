import type { AnomalyDetailView, AnomalyView } from '../../contract/views.ts';
import { clean, table, wrap } from '../../tui/text.ts';
import { ago, rounded, short, statusWords } from '../../tui/words.ts';
import type { Printer, Style } from '../print.ts';
import { courseText } from './course-text.ts';

const SEVERITY: Readonly<Record<AnomalyView['severity'], Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'dim',
};

/** A table of anomalies that fits the terminal, its first line the head. */
export function anomalyTable(items: readonly AnomalyView[], print: Printer, now: number): readonly string[] {
  const rows = items.map((item) => [
    short(item.id),
    statusWords(item.status),
    item.severity,
    `×${item.occurrences}`,
    ago(item.last_seen, now),
    item.source,
    item.title,
  ]);
  const [head = '', ...lines] = table(
    [
      { title: 'ID' },
      { title: 'STATUS' },
      { title: 'SEVERITY' },
      { title: 'SEEN', right: true },
      { title: 'LAST', right: true },
      { title: 'SOURCE' },
      { title: 'WHAT', grows: true },
    ],
    rows,
    print.columns,
  );
  const painted = lines.map((line, at) => paintSeverity(line, items[at]?.severity ?? 'low', print));
  return [print.paint('dim', head), ...painted];
}

/** One anomaly in full. */
export function anomalyText(item: AnomalyDetailView, print: Printer, now: number): readonly string[] {
  const width = Math.min(print.columns, 100);
  const title = wrap(clean(item.title), width).map((line) => print.paint('bold', line));
  const seen = `${item.occurrences} times since ${item.first_seen}, last ${ago(item.last_seen, now)} ago`;
  return [
    ...title,
    '',
    row('id', item.id),
    row('status', statusWords(item.status) + (item.reason === null ? '' : `: ${clean(item.reason)}`)),
    row('severity', print.paint(SEVERITY[item.severity], item.severity)),
    row('source', item.source),
    row('seen', seen),
    row('confidence', `${item.confidence.toFixed(4)}, by ${item.detection_algorithms.join(', ')}`),
    ...metricRows(item),
    ...alongsideRows(item, width),
    ...(item.recurrence_of === null
      ? []
      : [row('again', `it was closed or muted before as ${short(item.recurrence_of)}`)]),
    ...(item.muted_until === null
      ? []
      : [row('muted', `until ${item.muted_until} unless it gets clearly worse`)]),
    ...spaced(courseText(item, print)),
    ...spaced(readingRows(item, width)),
    '',
    ...item.sample.before.map((line) => print.paint('dim', `  ${clean(line)}`)),
    ...item.sample.text.split('\n').map((line) => `  ${clean(line)}`),
  ];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A detector this sure has something to say. */
const TELLING = 0.5;

/** What each detector saw, the surest first. */
function readingRows({ readings }: AnomalyView, width: number): readonly string[] {
  const telling = readings.filter(({ score }, i) => i === 0 || score >= TELLING);
  const calm = readings.slice(telling.length).map(({ detector }) => detector);
  const rows = telling.flatMap(({ detector, score, text }) =>
    wrap(`${detector} ${score.toFixed(4)}: ${clean(text)}`, width, '').map((line, i) =>
      i === 0 ? line : `  ${line}`,
    ),
  );
  return calm.length === 0 ? rows : [...rows, ...wrap(`nothing strange to ${calm.join(', ')}`, width)];
}

function row(name: string, text: string): string {
  return `${name.padEnd(11)} ${text}`;
}

function metricRows({ metric_name, metric_value, expected_range }: AnomalyView): readonly string[] {
  if (metric_name === null || metric_value === null) return [];
  const usual = expected_range === null ? '' : `, usually ${expected_range.map(rounded).join(' to ')}`;
  return [row('metric', `${clean(metric_name)} is ${rounded(metric_value)}${usual}`)];
}

/** What turned abnormal with it. */
function alongsideRows({ alongside, alongside_more }: AnomalyDetailView, width: number): readonly string[] {
  if (alongside.length === 0) return [];
  const named = alongside.map(({ name, value, expected }) => {
    const usual = expected === null ? '' : ` (usually ${expected.map(rounded).join(' to ')})`;
    return `${clean(name)} ${rounded(value)}${usual}`;
  });
  const more = alongside_more === 0 ? '' : ` and ${alongside_more} more`;
  const lines = wrap(named.join(', ') + more, width - row('', '').length, '');
  return lines.map((line, i) => row(i === 0 ? 'with' : '', line));
}

function paintSeverity(line: string, severity: AnomalyView['severity'], print: Printer): string {
  return line.replace(` ${severity} `, ` ${print.paint(SEVERITY[severity], severity)} `);
}
