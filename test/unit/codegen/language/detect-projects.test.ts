import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { detectProjects } from '../../../../src/codegen/language/detect-projects.ts';
import { projectOf } from '../../../../src/codegen/language/project-of.ts';
import type { Project, Told } from '../../../../src/domain/project.ts';
import { filesOnPaper } from '../../../support/files-on-paper.ts';

const cases = z
  .array(
    z.object({
      name: z.string(),
      files: z.record(z.string(), z.string()),
      projects: z.array(z.string()),
      suspects: z.record(z.string(), z.string()).default({}),
    }),
  )
  .parse(parse(readFileSync(join(import.meta.dirname, '../../../fixtures/projects.yaml'), 'utf8')));

let right = 0;

describe('detectProjects', () => {
  it.each(cases)('$name', async ({ files, projects, suspects }) => {
    const found = await detectProjects(filesOnPaper(files));
    expect(found.map(lineOf).toSorted()).toEqual(projects.toSorted());
    const belongs = Object.keys(suspects).map((file) => [file, placeOf(projectOf(found, file))]);
    expect(Object.fromEntries(belongs)).toEqual(suspects);
    right += 1;
  });

  it('says of everything what it was read from', async () => {
    const all = await Promise.all(cases.map(({ files }) => detectProjects(filesOnPaper(files))));
    expect(
      all
        .flat()
        .flatMap(tolds)
        .filter((told) => told.because === ''),
    ).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write(`projects told right: ${right} of ${cases.length}\n`);
  });
});

function lineOf(project: Project): string {
  const { dir, language, languageVersion, frameworks, packageManager, buildTool, tests } = project;
  const used = frameworks.length === 0 ? '-' : frameworks.map(said).join(' ');
  const facts = [used, said(packageManager), said(buildTool), said(tests)].join(' | ');
  return `${dir === '' ? '.' : dir}: ${said(language)} ${said(languageVersion)} | ${facts}`;
}

function said(told: Told<string> | null): string {
  return told === null ? '-' : `${told.value}${told.certain ? '!' : '?'}`;
}

function placeOf(project: Project | null): string {
  return project === null ? '-' : `${project.dir === '' ? '.' : project.dir} ${project.language.value}`;
}

function tolds(project: Project): readonly Told<string>[] {
  const { language, languageVersion, frameworks, packageManager, buildTool, tests } = project;
  return [language, languageVersion, ...frameworks, packageManager, buildTool, tests].filter(
    (told) => told !== null,
  );
}
