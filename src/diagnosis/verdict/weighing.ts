import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation, ContextItem } from '../../domain/diagnosis.ts';
import type { Located, Trail } from '../locate/locate.ts';
import type { Known } from '../patterns.ts';
import type { Cite } from './cite.ts';
import type { Ground } from './ground.ts';
import type { Value } from './value.ts';

/** Trails that lead to a cause. Where the others lead is shown, and nothing is claimed. */
export const TELLS_A_CAUSE: ReadonlySet<Trail> = new Set(['trace', 'route', 'message']);

/** Everything that hypotheses are made of. */
export interface Weighing {
  readonly anomaly: Anomaly;
  readonly located: Located;
  /** Known failures that the error itself shows, nearest to the fault first. */
  readonly known: readonly Known[];
  /** Known failures of the outside that only the lines before it show. */
  readonly nearby: readonly Known[];
  /** How many known failures were looked for. */
  readonly lookedFor: number;
  readonly value: Value | null;
  readonly context: readonly ContextItem[];
  readonly cite: Cite;
}

/** A cause that was thought of, with what speaks for it and against it. */
export interface Thought {
  readonly text: string;
  readonly for: readonly Ground[];
  readonly against: readonly Ground[];
}

/** `src/labels.js:11 (labelLines)`. */
export function placeText({ file, line, symbol }: CodeLocation): string {
  return `${file}:${line}${symbol === null ? '' : ` (${symbol})`}`;
}

/** The line itself; null where the file cannot be read, or it is empty. */
export function codeAt({ excerpt }: CodeLocation): string | null {
  const marked = excerpt?.split('\n').find((row) => row.startsWith('>'));
  const code = marked?.replace(/^>\s*\d+ \| /, '').trim();
  return code === undefined || code === '' ? null : code;
}
