import type { Exposition, MetricType } from './exposition.ts';

/** What a sample says of its family. `value`: the number itself, for a summary a quantile, for a state set one state. */
export type Role = 'value' | 'bucket' | 'sum' | 'count' | 'created' | 'info';

/** Name endings of the samples of each type; '' is the family's own name. */
const ENDINGS: Readonly<Record<MetricType, Readonly<Record<string, Role>>>> = {
  counter: { _total: 'value', _created: 'created' },
  gauge: { '': 'value' },
  histogram: { _bucket: 'bucket', _sum: 'sum', _count: 'count', _created: 'created' },
  gaugehistogram: { _bucket: 'bucket', _gsum: 'sum', _gcount: 'count' },
  summary: { '': 'value', _sum: 'sum', _count: 'count', _created: 'created' },
  info: { _info: 'info' },
  stateset: { '': 'value' },
  unknown: { '': 'value' },
};

const ALL_ENDINGS = ['_total', '_created', '_bucket', '_sum', '_count', '_gsum', '_gcount', '_info'];

/** In the text format a counter has its whole name, and `untyped` is what OpenMetrics calls `unknown`. */
const TYPES: Readonly<Record<Exposition, Readonly<Record<string, MetricType>>>> = {
  text: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    untyped: 'unknown',
  },
  openmetrics: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    gaugehistogram: 'gaugehistogram',
    summary: 'summary',
    info: 'info',
    stateset: 'stateset',
    unknown: 'unknown',
  },
};

export interface Family {
  readonly name: string;
  type: MetricType;
  /** Its TYPE, HELP and UNIT lines so far, and whether it has samples. */
  readonly told: Set<string>;
  sampled: boolean;
}

export interface Member {
  readonly family: Family;
  readonly role: Role;
}

/** The metric families of one body: which sample belongs to which. Throws sentences; the caller knows the line. */
export interface Families {
  /** A `# TYPE`, `# HELP` or `# UNIT` line. */
  tell(what: 'TYPE' | 'HELP' | 'UNIT', name: string, text: string): void;
  member(sample: string): Member;
}

export function families(format: Exposition): Families {
  const known = new Map<string, Family>();
  const members = new Map<string, Member>();
  let current: Family | null = null;

  /** OpenMetrics keeps the lines of a family together. */
  function turnTo(family: Family): void {
    if (family === current) return;
    if (format === 'openmetrics' && (family.sampled || family.told.size > 0)) {
      throw new SyntaxError(`the family ${family.name} is interrupted by another`);
    }
    current = family;
  }

  return {
    tell(what, name, text) {
      const family = familyIn(known, name);
      turnTo(family);
      if (family.told.has(what)) throw new SyntaxError(`a second ${what} of ${name}`);
      if (family.sampled && (what === 'TYPE' || format === 'openmetrics')) {
        throw new SyntaxError(`${what} after the samples of ${name}`);
      }
      if (what === 'TYPE') family.type = typeOf(format, name, text);
      if (what === 'UNIT' && text !== '' && !name.endsWith(`_${text}`)) {
        throw new SyntaxError(`${name} does not end in its unit ${text}`);
      }
      family.told.add(what);
    },
    member(sample) {
      const member = members.get(sample) ?? memberIn(known, sample, format);
      members.set(sample, member);
      turnTo(member.family);
      member.family.sampled = true;
      return member;
    },
  };
}

function familyIn(known: Map<string, Family>, name: string): Family {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made: Family = { name, type: 'unknown', told: new Set(), sampled: false };
  known.set(name, made);
  return made;
}

function memberIn(known: Map<string, Family>, sample: string, format: Exposition): Member {
  for (const ending of ALL_ENDINGS) {
    if (!sample.endsWith(ending)) continue;
    const family = known.get(sample.slice(0, -ending.length));
    const role = family && rolesOf(family, format)[ending];
    if (family !== undefined && role !== undefined) return { family, role };
  }
  const family = familyIn(known, sample);
  const role = rolesOf(family, format)[''];
  if (role === undefined) throw new SyntaxError(`${sample} is no sample of a ${family.type}`);
  return { family, role };
}

function rolesOf({ type }: Family, format: Exposition): Readonly<Record<string, Role>> {
  return format === 'text' && type === 'counter' ? ENDINGS.unknown : ENDINGS[type];
}

function typeOf(format: Exposition, name: string, text: string): MetricType {
  const types = TYPES[format];
  const type = Object.hasOwn(types, text) ? types[text] : undefined;
  if (type === undefined) throw new SyntaxError(`${name} has no known type`);
  return type;
}
