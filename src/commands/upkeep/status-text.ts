import type { SourceView, StatusView } from '../../contract/system-views.ts';
import { clean, cutTo, table } from '../../tui/text.ts';
import { bytes, count, learning, rate, restlessSeries } from '../../tui/words.ts';
import type { Printer } from '../print.ts';

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
    ...losses(status),
    ...status.jobs_active.map((job) => `  ${job.kind} ${job.subject.slice(0, 8)}: ${clean(job.step)}`),
  ];
}

/** What is lost, waits, or will be deleted early: said only when there is something to say. */
function losses({ sources, backlog, dead_letters, retention }: StatusView): readonly string[] {
  const dropped = sources.reduce((sum, source) => sum + source.dropped, 0);
  return [
    ...(dropped === 0 ? [] : [`${count(dropped, 'record', 'records')} lost: vigilai sources`]),
    ...(dead_letters === 0
      ? []
      : [`${count(dead_letters, 'record', 'records')} could not be read: vigilai dead list`]),
    ...(backlog === 0 ? [] : [`${count(backlog, 'accepted record', 'accepted records')} waiting`]),
    ...(retention.warning === null ? [] : [retention.warning]),
  ];
}

const MOST_NAMED = 4;

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
  const restless = sources.flatMap((source) => {
    const words = restlessSeries(source, MOST_NAMED);
    return words === '' ? [] : [print.paint('dim', cutTo(clean(`${source.name}: ${words}`), print.columns))];
  });
  return [print.paint('dim', head), ...lines, ...restless];
}
