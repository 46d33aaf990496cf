import { createHash } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seeded } from '../detection/random.ts';
import type { BugCase } from './bug-case.ts';
import { filesIn, type Ground, groundOf } from './ground.ts';
import { initialTree, writeHistories } from './history.ts';
import { LANGUAGES } from './language.ts';
import { logText } from './log-text.ts';
import { lineAt } from './mutate.ts';
import { type Noticed, noticedBugs } from './noticing.ts';
import { pastOf } from './past.ts';
import type { Project } from './project.ts';
import { functionsOf } from './syntax.ts';

export interface Wanted {
  readonly seed: number;
  /** Cases with a trace, and as many without. */
  readonly each: number;
}

/** Makes the repository of a language in `folder/repository`, with a branch a case. */
export async function generateCases(
  project: Project,
  folder: string,
  wanted: Wanted,
): Promise<readonly BugCase[]> {
  const random = seeded(wanted.seed, LANGUAGES.indexOf(project.language));
  const ground = await groundOf(project, folder);
  const noticed = noticedBugs(ground, wanted.each, random);
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  for (const file of filesIn(ground.tree)) cpSync(join(ground.tree, file), join(repository, file));
  const histories = noticed.map((one) => pastOf(one, ground, random));
  const written = writeHistories(
    repository,
    initialTree(repository),
    histories.map(({ history }) => history),
    random,
  );
  return noticed.flatMap((one, i) => {
    const [commits = [], at = 0] = [written[i], histories[i]?.at];
    return caseOf(one, ground, { commit: commits[at] ?? '', head: commits.at(-1) ?? '' }, random);
  });
}

/** The truth is told of the innermost function around the change. */
function caseOf(
  { place, mutation, text, deviation, withTrace }: Noticed,
  { parse, project: { language }, tree }: Ground,
  { commit, head }: { readonly commit: string; readonly head: string },
  random: Random,
): BugCase {
  const line = lineAt(text, mutation.edit.from);
  const owner =
    functionsOf(parse(text)).findLast(({ from, to }) => from <= line && line <= to) ?? place.owner;
  const { name, from, to } = owner;
  const { file } = place;
  const key = [language, file, name, mutation.shape, mutation.edit.text, String(line)].join('\n');
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 12),
    language,
    shape: mutation.shape,
    withTrace,
    log: logText(deviation, { language, tree, withTrace }, random),
    truth: { file, line, function: name, from, to, commit },
    head,
  };
}
