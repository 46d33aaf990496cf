import type { Labels } from '../domain/event.ts';
import { redact } from '../domain/redact.ts';
import type { SeriesName } from './series.ts';

/** The place of a point's series among all, found by its metric and labels without making its name each time. */
export interface PointNames {
  /** `make` is asked at the first sight of a metric with these labels, in this order; its answer is remembered. */
  place(metric: string, labels: Labels, make: (name: SeriesName) => number): number;
}

/** More than there are series: a metric may come with its labels in several orders. */
const MOST_REMEMBERED = 50_000;

export function pointNames(): PointNames {
  const places = new Map<string, number>();
  return {
    place(metric, labels, make) {
      let key = metric;
      for (const label in labels) key += `\n${label}\t${labels[label] ?? ''}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      const place = make(nameOf(metric, labels));
      if (places.size >= MOST_REMEMBERED) places.clear();
      places.set(key, place);
      return place;
    },
  };
}

const LONGEST = 200;

/** Labels as one text, in order; what is too long keeps what tells it from others. */
function nameOf(metric: string, labels: Labels): SeriesName {
  const sorted = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  if (sorted.length === 0) return { kind: 'point', metric, dimension: null };
  const text: string = redact(sorted.join(' '));
  const dimension = text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 9)}…${hash(text)}`;
  return { kind: 'point', metric, dimension };
}

/** FNV-1a, 32 bits, as eight hex digits. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
