import type { JobView, SourceView } from '../contract/system-views.ts';
import type { AnomalyView, DiagnosisView } from '../contract/views.ts';
import type { LiveState } from './state.ts';
import { clean, cutTo, fit, wrap } from './text.ts';
import { ago, bytes, count, learning, rate, restlessSeries, rounded, short, statusWords } from './words.ts';

/** How a line looks; the frame turns it into colours. */
export type Tone = 'plain' | 'dim' | 'title' | 'low' | 'medium' | 'high' | 'critical' | 'chosen';

export interface Line {
  readonly text: string;
  readonly tone: Tone;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const KEYS = '↑↓ choose  enter details  d diagnose  f fix  x dismiss  q quit';
/** Sources beyond these are only counted; those that fail come first. */
const MOST_SOURCES = 6;
const MOST_JOBS = 4;

const line = (text: string, tone: Tone = 'plain'): Line => ({ text, tone });

/** The live view as text, never higher than the terminal: higher ones would have to be redrawn as a whole. */
export function liveLines(
  state: LiveState,
  { columns, rows }: Size,
  now: number,
  keys: boolean,
): readonly Line[] {
  const head = [line(headOf(state), 'title'), ...sourceLines(state), ...lossLines(state)];
  const foot = footLines(state, keys);
  const room = Math.max(3, rows - 1 - head.length - foot.length);
  const body = state.open ? detailLines(state, columns) : anomalyLines(state, columns, room, now);
  return [...head, ...body.slice(0, room), ...foot].map(({ text, tone }) => line(cutTo(text, columns), tone));
}

function headOf({ status }: LiveState): string {
  if (status === null) return 'VigilAI  waiting for the daemon';
  const open = count(status.anomalies_open, 'open anomaly', 'open anomalies');
  return `VigilAI  ${clean(status.workspace)}  ${open}  automation: ${status.automation}`;
}

function sourceLines({ status }: LiveState): readonly Line[] {
  if (status === null) return [];
  const calm = ({ last_error }: SourceView): number => (last_error === null ? 1 : 0);
  const shown = status.sources.toSorted((a, b) => calm(a) - calm(b)).slice(0, MOST_SOURCES);
  if (shown.length === 0)
    return [line('  no source: put a log below logs/ or name one in vigilai.config.ts', 'dim')];
  const width = Math.max(...shown.map(({ name }) => name.length));
  const more = status.sources.length - shown.length;
  return [
    ...shown.flatMap((source) => [sourceLine(source, width), ...seriesLines(source, width)]),
    ...(more > 0 ? [line(`  and ${count(more, 'more source', 'more sources')}`, 'dim')] : []),
  ];
}

function sourceLine(source: SourceView, width: number): Line {
  const name = fit(clean(source.name), width);
  if (source.last_error !== null)
    return line(`  ${name}  ${source.state}: ${clean(source.last_error)}`, 'medium');
  const pace = `${rate(source.rate)}/s`.padStart(8);
  const lag = `lag ${bytes(source.lag_bytes)}`.padEnd(12);
  return line(`  ${name}  ${source.state.padEnd(8)}${pace}   ${lag}  ${learning(source)}`);
}

const MOST_NAMED = 3;

/** Series that learn or alert. */
function seriesLines(source: SourceView, width: number): readonly Line[] {
  const restless = restlessSeries(source, MOST_NAMED);
  return restless === '' ? [] : [line(`  ${' '.repeat(width)}  ${clean(restless)}`, 'dim')];
}

/** What is lost, set aside, waits, or will be deleted early: said only when there is something to say. */
function lossLines({ status }: LiveState): readonly Line[] {
  if (status === null) return [];
  const { sources, dead_letters, backlog, retention } = status;
  const dropped = sources.reduce((sum, source) => sum + source.dropped, 0);
  const facts = [
    ...(dropped === 0 ? [] : [`${dropped} lost: vigilai sources`]),
    ...(dead_letters === 0 ? [] : [`${dead_letters} unreadable: vigilai dead list`]),
    ...(backlog === 0 ? [] : [`${backlog} waiting`]),
  ];
  return [
    ...(facts.length === 0 ? [] : [line(`  ! ${facts.join('   ')}`, 'medium')]),
    ...(retention.warning === null
      ? []
      : [line('  ! the database is near its bound: vigilai status', 'medium')]),
  ];
}

/** A window of the list around the chosen one. */
function anomalyLines(state: LiveState, columns: number, room: number, now: number): readonly Line[] {
  const { anomalies, selected } = state;
  if (anomalies.length === 0) return [line(''), line('  nothing abnormal so far', 'dim')];
  const space = room - 1;
  const at = Math.max(
    0,
    anomalies.findIndex(({ id }) => id === selected),
  );
  const first = Math.max(0, Math.min(at - Math.floor(space / 2), anomalies.length - space));
  const shown = anomalies.slice(first, first + space);
  return [line(''), ...shown.map((anomaly) => anomalyLine(anomaly, anomaly.id === selected, columns, now))];
}

function anomalyLine(anomaly: AnomalyView, chosen: boolean, columns: number, now: number): Line {
  const mark = chosen ? '›' : ' ';
  const seen = `×${anomaly.occurrences}`.padStart(5);
  const facts = `${fit(anomaly.severity, 8)} ${fit(statusWords(anomaly.status), 10)} ${seen} ${ago(anomaly.last_seen, now).padStart(4)}`;
  const text = `${mark} ${short(anomaly.id)}  ${facts}  ${clean(anomaly.title)}`;
  return line(chosen ? fit(text, columns) : text, chosen ? 'chosen' : anomaly.severity);
}

function detailLines({ anomalies, selected, diagnoses }: LiveState, columns: number): readonly Line[] {
  const anomaly = anomalies.find(({ id }) => id === selected);
  if (anomaly === undefined) return [];
  const width = columns - 4;
  return [
    line(''),
    ...wrap(clean(anomaly.title), width, '  ').map((text) => line(text, anomaly.severity)),
    line(
      `  ${anomaly.id}  ${statusWords(anomaly.status)}  ×${anomaly.occurrences}  confidence ${anomaly.confidence.toFixed(4)}`,
    ),
    ...metricLines(anomaly),
    ...readingLines(anomaly, width),
    ...anomaly.sample.text
      .split('\n')
      .slice(0, 4)
      .map((text) => line(`    ${clean(text)}`, 'dim')),
    ...diagnosisLines(diagnoses.get(anomaly.id), width),
    ...(anomaly.reason === null
      ? []
      : wrap(clean(anomaly.reason), width, '  ').map((text) => line(text, 'medium'))),
  ];
}

function metricLines({ metric_name, metric_value, expected_range }: AnomalyView): readonly Line[] {
  if (metric_name === null || metric_value === null) return [];
  const usual = expected_range === null ? '' : `, usually ${expected_range.map(rounded).join(' to ')}`;
  return [line(`  ${clean(metric_name)} is ${rounded(metric_value)}${usual}`)];
}

/** What the surest detector saw. */
function readingLines({ readings: [surest] }: AnomalyView, width: number): readonly Line[] {
  if (surest === undefined) return [];
  return wrap(`${surest.detector}: ${clean(surest.text)}`, width, '  ').map((text) => line(text));
}

function diagnosisLines(diagnosis: DiagnosisView | undefined, width: number): readonly Line[] {
  if (diagnosis === undefined) return [];
  const [suspect] = diagnosis.suspects;
  const [commit] = diagnosis.suspect_commits;
  return [
    line(''),
    ...wrap(`${diagnosis.sure}: ${clean(diagnosis.root_cause)}`, width, '  ').map((text) =>
      line(text, 'title'),
    ),
    ...(suspect === undefined ? [] : [line(`  at ${suspect.file}:${suspect.line}  ${clean(suspect.why)}`)]),
    ...(commit === undefined
      ? []
      : [line(`  since ${short(commit.sha)} ${clean(commit.subject)} (${clean(commit.author)})`)]),
  ];
}

function footLines({ jobs, note }: LiveState, keys: boolean): readonly Line[] {
  const busy = [...jobs.values()].slice(0, MOST_JOBS).map(jobLine);
  return [
    line(''),
    ...busy,
    ...(note === null ? [] : [line(`  ${clean(note)}`, 'medium')]),
    line(keys ? `  ${KEYS}` : '  Ctrl-C ends it', 'dim'),
  ];
}

function jobLine(job: JobView): Line {
  const done = Math.round(job.progress * 100);
  return line(`  ◦ ${job.kind} ${short(job.subject)}  ${clean(job.step)}  ${done}%`);
}
