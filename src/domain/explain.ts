import type { Evidence } from './detection.ts';

type Deviation = Extract<Evidence, { kind: 'deviation' }>;
type Together = Extract<Evidence, { kind: 'together' }>;

/** What a detector saw, in one sentence for a person. */
export function explain(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'deviation':
      return [seen(evidence), often(evidence), `learnt from ${learned(evidence, 'points')}`].join('; ');
    case 'new_template':
      return `a message that none of ${whole(evidence.learned)} messages before was: ${evidence.template}`;
    case 'new_error':
      return thrown(evidence);
    case 'rate':
      return `${numberText(evidence.perMinute)} a minute where ${numberText(evidence.usualPerMinute)} is usual; learnt from ${whole(evidence.learned)} counts since ${day(evidence.since)}`;
    case 'silence':
      return `silent for ${lengthText(evidence.quietMs)} where a gap of ${lengthText(evidence.usualGapMs)} is usual`;
    case 'mix':
      return `${percent(evidence.share)} of all messages where ${percent(evidence.usualShare)} is usual: ${evidence.template}; learnt from ${whole(evidence.learned)} windows`;
    case 'new_value':
      return `${evidence.field} is ${evidence.value}, in ${whole(evidence.learned)} messages before only ${evidence.usual.join(', ')}`;
    case 'together':
      return [unlike(evidence), often(evidence), `learnt from ${learned(evidence, 'rows')}`].join('; ');
  }
}

function percent(share: number): string {
  return `${numberText(100 * share)}%`;
}

function thrown({ errorType, where, learned }: Extract<Evidence, { kind: 'new_error' }>): string {
  const what = where === null ? errorType : `${errorType} at ${where}`;
  if (learned === 0) return `${what} is the first exception of all`;
  return `${what} was never among ${whole(learned)} exceptions before`;
}

function seen(evidence: Deviation): string {
  const { compared, points, spanMs, value, expected } = evidence;
  const usual =
    expected === null ? '' : `; ${numberText(expected[0])} to ${numberText(expected[1])} is usual`;
  const last = `the last ${points} points (${lengthText(spanMs)})`;
  switch (compared) {
    case 'value':
      return `the value is ${numberText(value)}${usual}`;
    case 'change':
      return `the value is ${numberText(value)} after ${numberText(evidence.baseline)}${usual}`;
    case 'mean':
      return `the mean of ${last} is ${numberText(value)}${usual}`;
    case 'step':
      return `the mean step of ${last} is ${numberText(value)}${usual}`;
    case 'stillness':
      return `${numberText(value)} ${points} times in a row (${lengthText(spanMs)}), where it changes nearly each time`;
  }
}

function unlike({ metrics, among }: Together): string {
  return `${whole(among)} metrics are together as they hardly ever are, most of all ${metricsText(metrics)}`;
}

/** Metrics with their values, such as `cpu 93, memory 40.2`. */
export function metricsText(metrics: Together['metrics']): string {
  return metrics.map(({ name, value }) => `${name} ${numberText(value)}`).join(', ');
}

function often({ timesADay }: Deviation | Together): string {
  if (timesADay >= 1) return `this comes ${numberText(timesADay)} times a day`;
  const days = 1 / timesADay;
  return days < 1000
    ? `this comes once in ${lengthText(days * DAY)}`
    : 'this comes less than once in 1,000 days';
}

function learned({ learned: count, since }: Deviation | Together, what: 'points' | 'rows'): string {
  return `${whole(count)} ${what} since ${day(since)}`;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Three significant digits tell enough. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-3)) return value.toPrecision(3);
  return size >= 1000 ? whole(value) : String(Number(value.toPrecision(3)));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

const DAY = 86_400_000;
const UNITS = [
  [DAY, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** A length of time in its largest unit of which there are two, such as `90 min`, `70 days`. */
export function lengthText(ms: number): string {
  const [unit, name] = UNITS.find(([size]) => ms >= 2 * size) ?? [1000, 's'];
  const count = Number((ms / unit).toPrecision(ms / unit >= 10 ? 2 : 1));
  return name === 'd' ? `${count} days` : `${count} ${name}`;
}
