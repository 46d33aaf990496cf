import { type Distribution, distributionOf, since } from './histogram.ts';
import { boundOf, type Sample } from './sample.ts';

/** What one series of a page has to say of the time since the last scrape. */
export type Said =
  | { readonly kind: 'level'; readonly value: number }
  | { readonly kind: 'rate'; readonly perSecond: number }
  | { readonly kind: 'spread'; readonly spread: Distribution; readonly seconds: number | null };

/** One series of a target between scrapes. */
export interface Tracked {
  /** Takes a sample in; the first one of a scrape counts, a repetition does not. */
  take(sample: Sample): void;
  /** What there is to say at the end of a scrape at `at`, epoch ms; null at the first sight of something that counts. */
  close(at: number): { readonly time: number; readonly said: Said } | null;
}

export type Kind = 'level' | 'counter' | 'histogram' | 'gaugehistogram' | 'summary';

export function tracked(kind: Kind): Tracked {
  switch (kind) {
    case 'level':
      return level();
    case 'counter':
    case 'summary':
      return counter();
    case 'histogram':
    case 'gaugehistogram':
      return histogram(kind === 'histogram');
  }
}

/** A number that goes up and down. */
function level(): Tracked {
  const current = currentValue();
  let last = Number.NEGATIVE_INFINITY;
  return {
    take: (sample) => current.take(sample),
    close(at) {
      const now = current.close(at);
      // A target that gives its own times may repeat what it said before.
      if (now === null || now.time <= last || !Number.isFinite(now.value)) return null;
      last = now.time;
      return { time: now.time, said: { kind: 'level', value: now.value } };
    },
  };
}

/** A count since the target's start: lower than before means that it began again from zero. */
function counter(): Tracked {
  const current = currentValue();
  let before: { readonly time: number; readonly value: number } | null = null;
  return {
    take: (sample) => current.take(sample),
    close(at) {
      const now = current.close(at);
      if (now === null || !Number.isFinite(now.value)) return null;
      if (before === null) {
        before = now;
        return null;
      }
      const seconds = (now.time - before.time) / 1000;
      if (seconds <= 0) return null;
      const more = now.value < before.value ? now.value : now.value - before.value;
      before = now;
      return { time: now.time, said: { kind: 'rate', perSecond: more / seconds } };
    },
  };
}

function currentValue() {
  let value: number | null = null;
  let time: number | null = null;
  return {
    take(sample: Sample) {
      if (value !== null) return;
      value = sample.value;
      time = sample.timestamp;
    },
    close(at: number) {
      const now = value === null ? null : { value, time: time ?? at };
      value = null;
      time = null;
      return now;
    },
  };
}

/** `counting`: since the target's start. Otherwise it is what holds now, as of a gauge histogram. */
function histogram(counting: boolean): Tracked {
  const buckets = new Map<number, number>();
  let sum: number | null = null;
  let time: number | null = null;
  let before: { readonly time: number; readonly spread: Distribution } | null = null;

  function take(sample: Sample): void {
    time ??= sample.timestamp;
    if (sample.role === 'sum') sum ??= sample.value;
    if (sample.role !== 'bucket') return;
    const bound = boundOf(sample.labels, 'le');
    if (bound !== null && !buckets.has(bound)) buckets.set(bound, sample.value);
  }

  function current(at: number) {
    const spread = distributionOf(buckets, sum ?? Number.NaN);
    const now = { time: time ?? at, spread };
    buckets.clear();
    sum = null;
    time = null;
    return now;
  }

  return {
    take,
    close(at) {
      const { time: now, spread } = current(at);
      if (spread === null) return null;
      if (!counting) return { time: now, said: { kind: 'spread', spread, seconds: null } };
      const last = before;
      if (last !== null && now <= last.time) return null;
      before = { time: now, spread };
      const grown = last && since(last.spread, spread);
      if (last === null || grown === null) return null;
      return { time: now, said: { kind: 'spread', spread: grown, seconds: (now - last.time) / 1000 } };
    },
  };
}
