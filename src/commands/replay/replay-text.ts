import type { AnomalyFacts } from '../../domain/anomaly.ts';
import type { SeriesTraining } from '../../pipeline/pipeline.ts';
import { type Expected, expectedOf } from './expected.ts';
import type { FileReplay } from './replay-file.ts';
import type { Level } from './sweep.ts';

/** What is printed of one file. */
export function fileText(replay: FileReplay): string {
  const { file, rows, noun, events, errors, templates, series, anomalies, warmingUp } = replay;
  const counts = [
    plural(rows, noun),
    plural(events, 'event'),
    plural(errors, 'error'),
    plural(templates, 'template'),
    `${series} series`,
  ];
  const lines = [
    counts.join(', '),
    ...(anomalies.length === 0 ? ['nothing abnormal'] : anomalies.map(anomalyText)),
    ...expectedText(expectedOf([replay])),
    ...(warmingUp.length === 0 ? [] : [`still learning: ${learningText(warmingUp)}`]),
  ];
  return `${file}\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

function anomalyText(facts: AnomalyFacts): string {
  const { confidence, firstSeen, occurrences, severity, title, alongside } = facts;
  const often = `${String(occurrences).padStart(5)}x`;
  return `${confidence.toFixed(4)}  ${new Date(firstSeen).toISOString()}  ${often}  ${severity.padEnd(8)}  ${title}${others(alongside.count)}`;
}

/** Metrics of the same source that turned abnormal with it. */
function others(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', with 1 other metric' : `, with ${count} other metrics`;
}

/** Nothing where too little was recorded. */
function expectedText({ alerts, days, perDay }: Expected): readonly string[] {
  return perDay === null
    ? []
    : [`${plural(alerts, 'alert')} in ${days.toFixed(1)} days: ${rate(perDay)} a day`];
}

function rate(perDay: number): string {
  return perDay === 0 || perDay >= 0.01 ? perDay.toFixed(2) : perDay.toPrecision(1);
}

const MOST_NAMED = 3;

function learningText(warmingUp: readonly SeriesTraining[]): string {
  const named = warmingUp
    .slice(0, MOST_NAMED)
    .map(({ name, seen, needed }) => `${name} (${seen} of ${needed})`);
  const more = warmingUp.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** What is printed after all files. */
export function summaryText(files: readonly FileReplay[], seconds: number): string {
  const found = files.reduce((sum, file) => sum + file.anomalies.length, 0);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const nouns = new Set(files.map(({ noun }) => noun));
  const [noun = 'line'] = nouns.size > 1 ? ['row' as const] : nouns;
  const anomalies = `${found} ${found === 1 ? 'anomaly' : 'anomalies'}`;
  const said = `${anomalies} in ${plural(rows, noun)} of ${plural(files.length, 'file')}, ${seconds.toFixed(1)} s\n`;
  const { days, perDay } = expectedOf(files);
  const expected =
    perDay === null
      ? `less than a day was recorded: too little to say how many alerts a day to expect`
      : `expect ${rate(perDay)} alerts a day${files.length === 1 ? '' : ' and source'} (${days.toFixed(1)} days recorded)`;
  return `${said}${expected}\n`;
}

/** Alerts against sensitivity. */
export function sweepText(levels: readonly Level[]): string {
  const rows = levels.map(({ sensitivity, anomalies, alerts, perDay }) => [
    sensitivity,
    String(anomalies),
    String(alerts),
    perDay === null ? '-' : rate(perDay),
  ]);
  const lines = [['sensitivity', 'anomalies', 'alerts', 'alerts a day and source'], ...rows].map(
    ([name = '', ...numbers]) =>
      [name.padEnd(11), ...numbers.map((one, i) => one.padStart(WIDTHS[i] ?? 0))].join('  '),
  );
  return `\n${lines.join('\n')}\n`;
}

const WIDTHS = [9, 6, 23];

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
