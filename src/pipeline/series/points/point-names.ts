import type { Labels } from '../../../domain/event.ts';
import { redact } from '../../../domain/redact.ts';
import type { SeriesName } from '../series.ts';

/** The place of a point's series among all, found by its metric and labels without making its name each time. */
export interface PointNames {
  /** `make` is asked at the first sight of a metric with these labels, in this order; its answer is remembered. */
  place(metric: string, labels: Labels, make: (name: SeriesName) => number): number;
}

/** More than there are series: a metric may come with its labels in several orders. */
const MOST_REMEMBERED = 50_000;

interface Known {
  readonly metric: string;
  readonly labels: Labels;
  readonly place: number;
  /** What came after it the last time. */
  next: Known | null;
}

export function pointNames(): PointNames {
  const all = new Map<string, Known>();
  let last: Known | null = null;

  function find(metric: string, labels: Labels, make: (name: SeriesName) => number): Known {
    const key = keyOf(metric, labels);
    const known = all.get(key);
    if (known !== undefined) return known;
    const made = { metric, labels, place: make(nameOf(metric, labels)), next: null };
    if (all.size >= MOST_REMEMBERED) all.clear();
    all.set(key, made);
    return made;
  }

  return {
    place(metric, labels, make) {
      // Points mostly come in the order in which they came before: then there is nothing to look up.
      const guess: Known | null = last?.next ?? null;
      const known = guess !== null && isSame(guess, metric, labels) ? guess : find(metric, labels, make);
      if (last !== null) last.next = known;
      last = known;
      return known.place;
    },
  };
}

function keyOf(metric: string, labels: Labels): string {
  let key = metric;
  for (const label in labels) key += `\n${label}\t${labels[label] ?? ''}`;
  return key;
}

function isSame(known: Known, metric: string, labels: Labels): boolean {
  if (known.metric !== metric) return false;
  if (known.labels === labels) return true;
  let count = 0;
  for (const label in labels) {
    if (known.labels[label] !== labels[label]) return false;
    count += 1;
  }
  for (const _ in known.labels) count -= 1;
  return count === 0;
}

const LONGEST = 200;

/** Labels as one text, in order; what is too long keeps what tells it from others. */
function nameOf(metric: string, labels: Labels): SeriesName {
  const sorted = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const name = redact(metric).slice(0, LONGEST);
  if (sorted.length === 0) return { kind: 'point', metric: name, dimension: null };
  const text: string = redact(sorted.join(' '));
  const dimension = text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 9)}…${hash(text)}`;
  return { kind: 'point', metric: name, dimension };
}

/** FNV-1a, 32 bits, as eight hex digits. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
