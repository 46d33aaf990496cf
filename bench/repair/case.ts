import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const LANGUAGES = ['javascript', 'python', 'typescript', 'go', 'java', 'ruby'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One bug: a small module, tests of it that pass, and what makes it break. One file, in three parts. */
export interface BugCase {
  readonly language: Language;
  /** Without ending. */
  readonly name: string;
  readonly ending: string;
  readonly code: string;
  readonly test: string;
  readonly crash: string;
  /** The half that the engine was not looked at with while it was written. */
  readonly isHeldOut: boolean;
}

const PARTS = /^(?:\/\/|#) ---- (?:test|crash)\n/m;

export function casesOf(language: Language): readonly BugCase[] {
  const folder = join(import.meta.dirname, 'cases', language);
  return readdirSync(folder).map((file) => {
    const [code = '', test = '', crash = ''] = readFileSync(join(folder, file), 'utf8').split(PARTS);
    const dot = file.lastIndexOf('.');
    const name = file.slice(0, dot);
    return {
      language,
      name,
      ending: file.slice(dot),
      code,
      test,
      crash,
      isHeldOut: isHeldOut(language, name),
    };
  });
}

function isHeldOut(language: Language, name: string): boolean {
  return createHash('sha256').update(`${language}/${name}`).digest().readUInt8() % 2 === 1;
}
