import type { AnomalyDetailView } from '../../contract/views.ts';
import { type ChartPoint, chart, type Run } from '../../tui/chart.ts';
import type { Printer, Style } from '../print.ts';

const HEIGHT = 7;
const WIDEST = 100;
/** Fewer points are no picture. */
const LEAST_POINTS = 2;

/** The values around the opening as a picture, with the alarm marked; nothing where there are too few. */
export function courseText(anomaly: AnomalyDetailView, print: Printer): readonly string[] {
  const points = anomaly.course.map(({ time, ...same }) => ({ time: Date.parse(time), ...same }));
  const [first] = points;
  if (first === undefined || points.length < LEAST_POINTS) return [];
  const { unicode } = print;
  const width = Math.min(print.picture, WIDEST);
  const counts = anomaly.metric_value === null || anomaly.readings[0]?.evidence.kind === 'rate';
  const drawn = chart(points, { width, height: HEIGHT, unicode, bars: counts });
  const alarm = alarmOf(points, Date.parse(anomaly.timestamp));
  return [
    ...drawn.lines.map((runs) => runs.map((run) => painted(run, print)).join('')),
    ...axis(points, alarm, drawn.column, { width, unicode }),
    print.paint('dim', legend(points, counts, unicode)),
  ];
}

const LOOKS: Readonly<Record<Run['look'], Style | null>> = {
  value: null,
  strange: 'red',
  usual: 'dim',
  plain: null,
};

function painted({ text, look }: Run, print: Printer): string {
  const style = LOOKS[look];
  return style === null ? text : print.paint(style, text);
}

/** The last point that began before the alarm: counts are drawn by the bucket. */
function alarmOf(points: readonly ChartPoint[], at: number): number {
  return points.findLast(({ time }) => time <= at)?.time ?? at;
}

/** A mark below the alarm, and its time between the first and the last. */
function axis(
  points: readonly ChartPoint[],
  alarm: number,
  column: (time: number) => number,
  { width, unicode }: { readonly width: number; readonly unicode: boolean },
): readonly string[] {
  const first = points[0]?.time ?? alarm;
  const last = points.at(-1)?.time ?? alarm;
  const named = [first, alarm, last].map((time) => timeText(time, last - first));
  const [begin = '', middle = '', end = ''] = named;
  const left = column(first);
  const at = column(alarm);
  const room = (from: number, text: string) => from >= left && from + text.length <= width;
  const from = Math.max(left, Math.min(at - Math.floor(middle.length / 2), width - middle.length));
  let line = ' '.repeat(width);
  const put = (start: number, text: string) => {
    const around = line.slice(Math.max(0, start - 1), start + text.length + 1);
    if (room(start, text) && around.trim() === '')
      line = line.slice(0, start) + text + line.slice(start + text.length);
  };
  put(from, middle);
  put(left, begin);
  put(width - end.length, end);
  return [`${' '.repeat(at)}${unicode ? '▲' : '^'}`, line.trimEnd()];
}

const DAY = 86_400_000;
const MINUTE = 60_000;

function timeText(time: number, span: number): string {
  const iso = new Date(time).toISOString();
  if (span >= DAY) return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
  return span < 20 * MINUTE ? iso.slice(11, 19) : iso.slice(11, 16);
}

function legend(points: readonly ChartPoint[], counts: boolean, unicode: boolean): string {
  const day = new Date(points[0]?.time ?? 0).toISOString().slice(0, 10);
  const usual = points.some(({ expected }) => expected !== null) ? `${unicode ? '░' : '.'} usual  ` : '';
  const what = counts ? 'how often  ' : '';
  return `  ${what}${usual}${unicode ? '▲' : '^'} noticed  ${day} UTC`;
}
