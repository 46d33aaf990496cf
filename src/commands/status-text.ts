import type { SourceView, StatusView } from '../contract/system-views.ts';
import { clean, type Printer, table } from './print.ts';

/** The daemon's state for people. */
export function statusText(status: StatusView, print: Printer): readonly string[] {
  const minutes = Math.floor(status.uptime_seconds / 60);
  return [
    `${print.paint('bold', 'daemon')} ${status.version}, pid ${status.pid}, up ${minutes} min, automation: ${status.automation}`,
    `${clean(status.workspace)}`,
    '',
    ...sourceTable(status.sources, print),
    '',
    `${count(status.anomalies_open, 'open anomaly', 'open anomalies')}${status.jobs_active.length === 0 ? '' : ','}`,
    ...status.jobs_active.map((job) => `  ${job.kind} ${job.subject.slice(0, 8)}: ${clean(job.step)}`),
  ];
}

function sourceTable(sources: readonly SourceView[], print: Printer): readonly string[] {
  if (sources.length === 0)
    return ['no source: put a log file below logs/, or name one in vigilai.config.ts'];
  const rows = sources.map((source) => [
    source.name,
    source.last_error === null ? source.state : `${source.state}: ${source.last_error}`,
    `${rate(source.rate)}/s`,
    String(source.events),
    bytes(source.lag_bytes),
    learning(source),
  ]);
  const [head = '', ...lines] = table(
    [
      { title: 'SOURCE' },
      { title: 'STATE', grows: true },
      { title: 'RATE', right: true },
      { title: 'EVENTS', right: true },
      { title: 'LAG', right: true },
      { title: 'LEARNING' },
    ],
    rows,
    print.columns,
  );
  return [print.paint('dim', head), ...lines];
}

/** How far the series of a source have learnt: `12 of 14 series ready`. */
export function learning({ training, series }: Pick<SourceView, 'training' | 'series'>): string {
  const ready = training.normal + training.alerting;
  const all = ready + training.training;
  if (all === 0) return 'waiting for lines';
  if (training.training === 0) return count(all, 'series ready', 'series ready');
  const furthest = Math.max(0, ...series.filter((one) => one.state === 'training').map(share));
  return `${ready} of ${all} ready, learning ${Math.round(furthest * 100)}%`;
}

function share({ seen, needed }: SourceView['series'][number]): number {
  return needed === 0 ? 0 : Math.min(1, seen / needed);
}

export function rate(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
}

/** Bytes in the unit that keeps the number short. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** step;
  return `${step === 0 ? Math.round(scaled) : Number(scaled.toPrecision(3))} ${units[step]}`;
}

export function count(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}
