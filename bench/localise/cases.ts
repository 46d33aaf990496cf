import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BugCase } from './bug-case.ts';
import { generateCases, type Wanted } from './generate.ts';
import type { Language } from './language.ts';
import type { Project } from './project.ts';
import { go } from './projects/go.ts';
import { java } from './projects/java.ts';
import { javascript } from './projects/javascript.ts';
import { python } from './projects/python.ts';
import { ruby } from './projects/ruby.ts';
import { typescript } from './projects/typescript.ts';

const PROJECTS: Readonly<Record<Language, Project>> = { python, javascript, typescript, ruby, go, java };

/** The cases of a language and the repository that they are branches of. */
export interface Suite {
  readonly repository: string;
  readonly cases: readonly BugCase[];
}

/** From the cache where they were made before with the same seed and number. */
export async function suiteOf(language: Language, cache: string, wanted: Wanted): Promise<Suite> {
  const folder = join(cache, `${language}-${wanted.seed}-${wanted.each}`);
  const list = join(folder, 'cases.json');
  const repository = join(folder, 'repository');
  if (existsSync(list)) return { repository, cases: JSON.parse(readFileSync(list, 'utf8')) };
  const cases = await generateCases(PROJECTS[language], folder, wanted);
  writeFileSync(list, JSON.stringify(cases, null, 1));
  return { repository, cases };
}
