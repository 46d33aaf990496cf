import fc from 'fast-check';
import type { Framework, TestFramework } from '../../src/domain/project.ts';
import type { Language } from '../../src/domain/trace.ts';
import { PARTS } from './project-parts.ts';

/** A project that was put together, and what it is made of. */
export interface MadeProject {
  readonly dir: string;
  readonly language: Language;
  readonly framework: Framework | null;
  readonly tests: TestFramework;
  readonly hasTests: boolean;
  /** The library for metrics that it declares. */
  readonly metrics: string | null;
  readonly files: Readonly<Record<string, string>>;
}

/** What others wrote and lies in the project: it says nothing about it. */
const FOREIGN = {
  'node_modules/x/package.json': '{"dependencies":{"react":"1"}}',
  'vendor/y/Gemfile': "gem 'rails'\n",
  'testdata/z/requirements.txt': 'django\n',
  'testdata/z/main.py': 'import django\n',
};

const project = fc
  .constantFrom<Language>('javascript', 'typescript', 'python', 'go', 'java', 'ruby')
  .chain((language) => {
    const { manifests, frameworks, tests } = PARTS[language];
    return fc.record({
      language: fc.constant(language),
      dir: fc.constantFrom('', 'api', 'web', 'services/core'),
      manifest: fc.constantFrom(...manifests),
      framework: fc.option(fc.constantFrom(...frameworks)),
      tests: fc.constantFrom(...tests),
      hasTests: fc.boolean(),
      hasMetrics: fc.boolean(),
      hasForeign: fc.boolean(),
    });
  })
  .map(({ language, dir, manifest, framework, tests, hasTests, hasMetrics, hasForeign }): MadeProject => {
    const { main, test, metrics } = PARTS[language];
    const packages = [framework?.[1] ?? '', tests[1], hasMetrics ? metrics[1] : ''];
    const [name, text] = manifest(packages.filter((pack) => pack !== ''));
    const testFile = tests[0] === 'rspec' ? 'spec/main_spec.rb' : test;
    const files = {
      [name]: text,
      [main]: framework?.[2] ?? '',
      ...(hasTests ? { [testFile]: tests[2] } : {}),
      ...(hasForeign ? FOREIGN : {}),
    };
    return {
      dir,
      language,
      framework: framework?.[0] ?? null,
      tests: tests[0],
      hasTests,
      metrics: hasMetrics ? metrics[0] : null,
      files: Object.fromEntries(Object.entries(files).map(([path, said]) => [below(dir, path), said])),
    };
  });

/** One to three projects of one repository, each in a folder of its own. */
export const madeProjects: fc.Arbitrary<readonly MadeProject[]> = fc.uniqueArray(project, {
  minLength: 1,
  maxLength: 3,
  selector: ({ dir }) => dir,
});

function below(dir: string, path: string): string {
  return dir === '' ? path : `${dir}/${path}`;
}
