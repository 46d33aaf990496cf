import { createHash } from 'node:crypto';
import type { Language } from './language.ts';

/** A bug that was put into a repository, what its application then logged, and where it is. */
export interface BugCase {
  readonly id: string;
  readonly language: Language;
  readonly shape: string;
  readonly withTrace: boolean;
  /** All that the localiser is given beside the repository. */
  readonly log: string;
  readonly truth: Truth;
  /** The newest commit of the case's history. */
  readonly head: string;
}

export interface Truth {
  readonly file: string;
  /** 1-based, in the file as it is at the head. */
  readonly line: number;
  readonly function: string;
  /** First and last line of the function. */
  readonly from: number;
  readonly to: number;
  /** The commit that brought the bug. */
  readonly commit: string;
}

export const SPLITS = ['dev', 'held-out'] as const;
export type Split = (typeof SPLITS)[number];

/** A third is set aside by the hash of its id, whatever else is generated. */
export function splitOf({ id }: BugCase): Split {
  return createHash('sha256').update(id).digest().readUInt32BE() % 3 === 0 ? 'held-out' : 'dev';
}
