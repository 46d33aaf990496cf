import { type Families, families, type Role } from './families.ts';
import {
  expect,
  type Label,
  labels,
  name,
  number,
  numberOf,
  peek,
  rest,
  type Scan,
  skipBlanks,
  take,
  takeGap,
  word,
} from './scan.ts';

/** `text` is the Prometheus text format 0.0.4, `openmetrics` OpenMetrics 1.0 text. */
export type Exposition = 'text' | 'openmetrics';

export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'
  | 'unknown';

export interface Sample {
  readonly family: string;
  readonly type: MetricType;
  readonly role: Role;
  /** As written, such as `http_requests_total`. */
  readonly name: string;
  /** Ordered by name, each once. */
  readonly labels: readonly Label[];
  readonly value: number;
  /** Epoch ms; null where the target gives none. */
  readonly timestamp: number | null;
}

/** What is wrong with a body, and where. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
  readonly line: number;

  constructor(line: number, why: string) {
    super(`line ${line}: ${why}`);
    this.line = line;
  }
}

const MOST_SAMPLES = 200_000;

/**
 * The samples of a metrics page, in order. Strict: what is no sample, no comment and no blank line is an error, as is a
 * line that contradicts an earlier one; one wrong line makes the whole page wrong. Takes linear time. Exemplars are
 * checked and left out. Formats: the exposition format 0.0.4 with the quoted names of Prometheus 3, and OpenMetrics 1.0.
 * @throws ExpositionError
 */
export function parseExposition(body: string, format: Exposition): readonly Sample[] {
  const samples: Sample[] = [];
  const known = families(format);
  const scan: Scan = { text: body, format, at: 0, end: 0 };
  let line = 1;
  let over = false;
  try {
    for (let from = 0; from < body.length; from = scan.end + 1, line += 1) {
      if (over) throw new SyntaxError('something after # EOF');
      const feed = body.indexOf('\n', from);
      scan.at = from;
      scan.end = feed === -1 ? body.length : feed;
      if (format === 'openmetrics' && body.startsWith('# EOF', from) && scan.end === from + 5) over = true;
      else readLine(scan, known, samples);
    }
    if (format === 'openmetrics' && !over) throw new SyntaxError('no # EOF at the end');
  } catch (error) {
    if (error instanceof SyntaxError) throw new ExpositionError(line, error.message);
    throw error;
  }
  return samples;
}

function readLine(scan: Scan, known: Families, samples: Sample[]): void {
  skipBlanks(scan);
  if (peek(scan) === '#') {
    readComment(scan, known);
    return;
  }
  if (scan.at === scan.end && scan.format === 'text') return;
  samples.push(readSample(scan, known));
  if (samples.length > MOST_SAMPLES) throw new SyntaxError(`more than ${MOST_SAMPLES} samples`);
}

function readComment(scan: Scan, known: Families): void {
  expect(scan, '#');
  const gap = takeGap(scan);
  const what = word(scan);
  if (!gap || (what !== 'TYPE' && what !== 'HELP' && what !== 'UNIT') || isFreeText(scan, what)) {
    if (scan.format === 'openmetrics') throw new SyntaxError('a comment that is no TYPE, HELP, UNIT or EOF');
    return;
  }
  if (!takeGap(scan)) throw new SyntaxError(`${what} of nothing`);
  const family = name(scan, true);
  if (!takeGap(scan) && scan.at < scan.end) throw new SyntaxError(`${what} of a name that is none`);
  const text = what === 'HELP' ? rest(scan) : word(scan);
  skipBlanks(scan);
  if (scan.at < scan.end) throw new SyntaxError(`something after the ${what}`);
  known.tell(what, family, text);
}

/** The text format knows no UNIT: such a comment is one. */
function isFreeText({ format }: Scan, what: string): boolean {
  return format === 'text' && what === 'UNIT';
}

function readSample(scan: Scan, known: Families): Sample {
  const { metric, labels: found } = readIdentity(scan);
  const member = known.member(metric);
  if (!takeGap(scan)) throw new SyntaxError(`no value after ${metric.slice(0, 80)}`);
  const value = number(scan);
  const { family, role } = member;
  const sample: Sample = {
    family: family.name,
    type: family.type,
    role,
    name: metric,
    labels: found,
    value,
    timestamp: readTimestamp(scan),
  };
  if (scan.format === 'openmetrics') readExemplar(scan, sample);
  skipBlanks(scan);
  if (scan.at < scan.end) throw new SyntaxError('something after the value');
  check(sample, scan.format);
  return sample;
}

function readIdentity(scan: Scan): { readonly metric: string; readonly labels: readonly Label[] } {
  if (take(scan, '{')) {
    const { metric, labels: found } = labels(scan);
    if (metric === null) throw new SyntaxError('labels without a metric');
    return { metric, labels: found };
  }
  if (peek(scan) === '"') throw new SyntaxError('a quoted name outside of braces');
  const metric = name(scan, true);
  const at = scan.at;
  skipBlanks(scan);
  if (!take(scan, '{')) {
    scan.at = at;
    return { metric, labels: [] };
  }
  const inside = labels(scan);
  if (inside.metric !== null) throw new SyntaxError(`a second name, ${inside.metric.slice(0, 80)}`);
  return { metric, labels: inside.labels };
}

/** Milliseconds in the text format, seconds with a fraction in OpenMetrics. */
function readTimestamp(scan: Scan): number | null {
  const at = scan.at;
  const gap = takeGap(scan);
  if (!gap || scan.at === scan.end || peek(scan) === '#') {
    scan.at = at;
    return null;
  }
  const time = number(scan);
  if (!Number.isFinite(time)) throw new SyntaxError('a timestamp that is no time');
  if (scan.format === 'text' && !Number.isInteger(time))
    throw new SyntaxError('a timestamp in parts of a ms');
  return scan.format === 'text' ? time : time * 1000;
}

const LONGEST_EXEMPLAR = 128;

function readExemplar(scan: Scan, { type, role, name: metric }: Sample): void {
  if (!take(scan, ' # ')) return;
  if (role !== 'bucket' && !(type === 'counter' && role === 'value')) {
    throw new SyntaxError(`an exemplar of ${metric.slice(0, 80)}, which may have none`);
  }
  expect(scan, '{');
  const inside = labels(scan);
  const length = inside.labels.reduce((sum, label) => sum + codePoints(label.join('')), 0);
  if (length > LONGEST_EXEMPLAR) throw new SyntaxError('an exemplar with labels beyond 128 characters');
  expect(scan, ' ');
  number(scan);
  if (take(scan, ' ')) number(scan);
}

function codePoints(text: string): number {
  return Array.from(text).length;
}

function check({ type, role, labels: found, value, name: metric }: Sample, format: Exposition): void {
  if (role === 'bucket' && boundOf(found, 'le') === null) throw new SyntaxError(`${metric} without its le`);
  if (format === 'text') return;
  if (type === 'summary' && role === 'value' && boundOf(found, 'quantile') === null) {
    throw new SyntaxError(`${metric} without its quantile`);
  }
  const counts = role === 'bucket' || role === 'count' || (type === 'counter' && role === 'value');
  if (counts && !(value >= 0)) throw new SyntaxError(`${metric} counts, and is ${value}`);
}

/** The number that the label `key` holds: the upper bound of a bucket, the rank of a quantile. Null for none. */
export function boundOf(found: readonly Label[], key: 'le' | 'quantile'): number | null {
  const text = found.find(([label]) => label === key)?.[1];
  const bound = text === undefined ? null : numberOf(text);
  return bound === null || Number.isNaN(bound) ? null : bound;
}
