import type { Exposition, MetricType } from './exposition.ts';
import type { Families, Role } from './families.ts';
import {
  expect,
  type Label,
  labels,
  name,
  number,
  numberOf,
  peek,
  type Scan,
  skipBlanks,
  take,
  takeGap,
} from './scan.ts';

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

/** One line with a number. */
export function readSample(scan: Scan, known: Families): Sample {
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
