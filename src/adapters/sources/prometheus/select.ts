import type { PrometheusOptions } from './options.ts';

export type Selection = Pick<PrometheusOptions, 'include' | 'exclude' | 'labels'>;

/** What of a page is read. */
export interface Selected {
  metric(name: string): boolean;
  label(name: string): boolean;
}

export function selectionOf({ include, exclude, labels }: Selection): Selected {
  const included = include.map(globOf);
  const excluded = exclude.map(globOf);
  const kept = labels.map(globOf);
  const metric = remembered((name) => fits(included, name) && !fits(excluded, name));
  return { metric, label: remembered((name) => fits(kept, name)) };
}

type Glob = (name: string) => boolean;

const fits = (globs: readonly Glob[], name: string) => globs.some((glob) => glob(name));

/** `*` stands for any characters. The parts between are looked for from left to right: no way back, so linear time. */
function globOf(pattern: string): Glob {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

const MOST_REMEMBERED = 20_000;

function remembered(ask: Glob): Glob {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const answer = ask(name);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(own(name), answer);
    return answer;
  };
}

/** A copy that does not keep the page alive of which `text` is a part. */
export function own(text: string): string {
  return Buffer.from(text).toString();
}
