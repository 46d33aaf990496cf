import type { CodeLocation, ContextItem, SuspectCommit } from '../../domain/diagnosis.ts';
import { LINES_BEFORE } from '../context/logs.ts';
import type { Known } from '../patterns.ts';

/** Ids of the context items that show something; empty where the context has none. */
export interface Cite {
  /** The event itself. */
  readonly event: readonly string[];
  /** What was measured. */
  readonly measured: readonly string[];
  /** What the source wrote before it. */
  readonly linesBefore: readonly string[];
  /** What was released shortly before it. */
  readonly released: readonly string[];
  suspect(location: CodeLocation): readonly string[];
  commit(commit: SuspectCommit): readonly string[];
  pattern(known: Known): readonly string[];
  /** Items of a kind that hold these words. */
  holding(kind: ContextItem['kind'], words: string): readonly string[];
}

export function citing(context: readonly ContextItem[]): Cite {
  const ids = (is: (item: ContextItem) => boolean): readonly string[] =>
    context.filter(is).map(({ id }) => id);
  const titled = (kind: ContextItem['kind'], beginning: string) =>
    ids((item) => item.kind === kind && `${item.title} `.startsWith(`${beginning} `));
  return {
    event: ids(({ id }) => id === 'E1'),
    measured: ids(({ id }) => id === 'M1'),
    linesBefore: ids(({ title }) => title === LINES_BEFORE),
    released: ids(({ kind }) => kind === 'deploy'),
    suspect: ({ file, line }) => titled('code', `${file}:${line}`),
    commit: ({ sha }) => titled('commit', sha.slice(0, 10)),
    pattern: ({ title }) => ids((item) => item.kind === 'pattern' && item.title === title),
    holding: (kind, words) => ids((item) => item.kind === kind && item.text.includes(words)),
  };
}
