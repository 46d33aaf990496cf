import type { Labels, MetricRecord } from '../../../domain/event.ts';
import { countOf, type Distribution, quantile, together } from './histogram.ts';
import type { Sample } from './sample.ts';
import type { Label } from './scan.ts';
import { own, type Selected } from './select.ts';
import { type Kind, type Said, type Tracked, tracked } from './tracked.ts';

/** What a target's pages say in points: levels as they are, counts as rates, histograms as rate, mean and quantiles. */
export interface Points {
  /** Of one scrape at `at`, epoch ms. What counts since the target's start says something from its second sight on. */
  of(samples: readonly Sample[], at: number): readonly MetricRecord[];
}

/** A series of the page and the series that it is part of, once labels are left out. */
interface Member {
  readonly series: Tracked;
  readonly into: Output;
  scrape: number;
}

interface Output {
  /** Such as `http_requests_total`. */
  readonly base: string;
  readonly labels: Labels;
}

export function pointsOf(instance: string, selected: Selected): Points {
  const members = new Map<string, Member>();
  const outputs = new Map<string, Output>();
  let scrape = 0;

  function memberOf(base: string, kind: Kind, sample: Sample): Member {
    const key = keyOf(`${kind} ${base}`, sample.labels, (label) => !isBound(kind, label));
    const known = members.get(key);
    if (known !== undefined) return known;
    const made = { series: tracked(kind), into: outputOf(base, kind, sample), scrape: 0 };
    members.set(key, made);
    return made;
  }

  function outputOf(base: string, kind: Kind, { labels }: Sample): Output {
    const isKept = (label: string) =>
      !isBound(kind, label) && (isOwnQuantile(kind, label) || selected.label(label));
    const key = keyOf(`${kind} ${base}`, labels, isKept);
    const known = outputs.get(key);
    if (known !== undefined) return known;
    const kept = labels.filter(([label]) => isKept(label));
    const made = { base: own(base), labels: labelled(kept, instance) };
    outputs.set(key, made);
    return made;
  }

  /** A series that is gone begins anew when it comes again. */
  function forget(): void {
    const used = new Set<Output>();
    for (const [key, member] of members) {
      if (member.scrape === scrape) used.add(member.into);
      else members.delete(key);
    }
    for (const [key, output] of outputs) if (!used.has(output)) outputs.delete(key);
  }

  return {
    of(samples, at) {
      scrape += 1;
      for (const sample of samples) {
        const what = whatOf(sample);
        if (what === null || !selected.metric(what.base)) continue;
        const member = memberOf(what.base, what.kind, sample);
        member.scrape = scrape;
        member.series.take(sample);
      }
      forget();
      return recordsOf(members.values(), at);
    },
  };
}

/** What a sample is part of; null for what says nothing in numbers. */
function whatOf(sample: Sample): { readonly base: string; readonly kind: Kind } | null {
  const { type, role, family, name } = sample;
  if (role === 'created' || role === 'info') return null;
  if (type === 'histogram' || type === 'gaugehistogram') return { base: family, kind: type };
  if (role === 'value') return { base: name, kind: type === 'counter' ? 'counter' : 'level' };
  // Of a summary's two counts the number of observations; the other is a sum of all.
  return role === 'count' ? { base: family, kind: 'summary' } : null;
}

function isBound(kind: Kind, label: string): boolean {
  return label === 'le' && (kind === 'histogram' || kind === 'gaugehistogram');
}

/** Quantiles of a summary are never thrown together, whatever labels are kept. */
function isOwnQuantile(kind: Kind, label: string): boolean {
  return label === 'quantile' && kind === 'level';
}

function keyOf(base: string, labels: readonly Label[], isPart: (label: string) => boolean): string {
  let key = base;
  for (const [label, value] of labels) if (isPart(label)) key += `\n${label}\t${value}`;
  // A flat copy: parts of the page would keep all of it alive.
  return own(key);
}

/** As Prometheus names them: a label `instance` of the page itself steps aside. */
function labelled(kept: readonly Label[], instance: string): Labels {
  const renamed = kept.map(([label, value]) => [label === 'instance' ? 'exported_instance' : label, value]);
  return Object.fromEntries(
    [...renamed, ['instance', instance]].map(([label = '', value = '']) => [own(label), own(value)]),
  );
}

/** What all members of one output say together. */
interface Sum {
  time: number;
  count: number;
  total: number;
  spread: Distribution | null;
  seconds: number | null;
}

function recordsOf(members: Iterable<Member>, at: number): readonly MetricRecord[] {
  const sums = new Map<Output, Map<Said['kind'], Sum>>();
  for (const { series, into } of members) {
    const closed = series.close(at);
    if (closed === null) continue;
    const { said, time } = closed;
    const kinds = sums.get(into) ?? new Map<Said['kind'], Sum>();
    sums.set(into, kinds);
    const sum = kinds.get(said.kind) ?? { time, count: 0, total: 0, spread: null, seconds: null };
    kinds.set(said.kind, sum);
    add(sum, said, time);
  }
  return [...sums].flatMap(([output, kinds]) =>
    [...kinds].flatMap(([kind, sum]) => recordsOfOne(output, kind, sum)),
  );
}

function add(sum: Sum, said: Said, time: number): void {
  sum.time = Math.max(sum.time, time);
  sum.count += 1;
  if (said.kind === 'level') sum.total += said.value;
  if (said.kind === 'rate') sum.total += said.perSecond;
  if (said.kind !== 'spread') return;
  sum.spread = sum.spread === null ? said.spread : together(sum.spread, said.spread);
  sum.seconds = said.seconds;
}

/** Names of what is derived follow the convention of recording rules: `metric:operation`. */
function recordsOfOne(output: Output, kind: Said['kind'], sum: Sum): readonly MetricRecord[] {
  const point = (ending: string, value: number | null): readonly MetricRecord[] =>
    value === null || !Number.isFinite(value) ? [] : [pointOf(output, ending, value, sum.time)];
  if (kind === 'level') return point('', sum.total / sum.count);
  if (kind === 'rate') return point(':rate', sum.total);
  const { spread, seconds } = sum;
  if (spread === null) return [];
  const count = countOf(spread);
  return [
    ...(seconds === null ? point(':count', count) : point(':rate', count / seconds)),
    ...point(':mean', count === 0 ? null : spread.sum / count),
    ...point(':p50', quantile(0.5, spread)),
    ...point(':p95', quantile(0.95, spread)),
    ...point(':p99', quantile(0.99, spread)),
  ];
}

function pointOf({ base, labels }: Output, ending: string, value: number, time: number): MetricRecord {
  return {
    type: 'metric',
    timestamp: time,
    metadata: labels,
    data: { metricName: `${base}${ending}`, value },
  };
}
