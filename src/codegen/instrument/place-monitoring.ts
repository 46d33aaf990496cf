import type { FixPlan } from '../../domain/fix.ts';
import type { Project } from '../../domain/project.ts';
import type { Files } from '../../ports/files.ts';
import type { Parser } from '../../ports/syntax-tree.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { below } from '../language/layout.ts';
import { partsOf } from '../proof/change-parts.ts';
import { languageOfFile } from '../source-language.ts';
import { declaredLibraries } from './declared.ts';
import { type FixedFile, type Instrumented, instrument } from './instrument.ts';
import { rulesFolder } from './rules-folder.ts';
import type { Written } from './seen.ts';

/** What is known of the fix that is to tell. */
export interface Place {
  readonly plan: Pick<FixPlan, 'fault' | 'monitoring'>;
  readonly project: Project | null;
  readonly changes: readonly FileChange[];
  readonly files: Files;
  readonly parser: Parser;
  isTest(path: string): boolean;
}

/** Monitoring for the file of the change where the fault is most likely; or why there is none. */
export async function placeMonitoring(place: Place): Promise<Instrumented> {
  if (place.plan.monitoring === 'off') return { state: 'without', why: 'switched off by fix.monitoring' };
  let said: Instrumented = { state: 'without', why: 'the fix changes no source file that was there before' };
  for (const fixed of filesOf(place)) {
    const declared = await declaredLibraries(fixed.language, place.project?.dir ?? '', place.files);
    const done = await instrument({ fixed, fault: place.plan.fault, declared }, place.parser);
    if (done.state !== 'without') return done;
    said = done;
  }
  return said;
}

/** Source files that the fix changed, those of the trace and of the suspects first. */
function filesOf({ plan, changes, isTest }: Place): readonly FixedFile[] {
  const frames = plan.fault.trace?.frames.map(({ file }) => file) ?? [];
  const suspects = plan.fault.suspects.map(({ file }) => file);
  const rank = ({ file }: FixedFile) => {
    const at = [...frames, ...suspects].findIndex((one) => one === file || one.endsWith(`/${file}`));
    return at === -1 ? Number.MAX_SAFE_INTEGER : at;
  };
  return partsOf(changes, isTest)
    .source.flatMap(({ path, before, after }): readonly FixedFile[] => {
      const language = languageOfFile(path);
      return language === null || before === null || after === null
        ? []
        : [{ file: path, language, before, after }];
    })
    .toSorted((a, b) => rank(a) - rank(b));
}

/** The texts to be written: the file with its signal, and the alert where the repository keeps alerts. */
export async function textsOf(written: Written, files: Files): Promise<ReadonlyMap<string, string>> {
  const { monitoring } = written;
  const texts = new Map([[monitoring.file, written.text]]);
  const { prometheus } = monitoring.alert;
  const folder = prometheus === null ? null : await rulesFolder(files);
  if (prometheus !== null && folder !== null)
    texts.set(below(folder, `${monitoring.signal}.yml`), prometheus);
  return texts;
}
