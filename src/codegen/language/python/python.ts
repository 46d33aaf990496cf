import type { Framework, Project, Told } from '../../../domain/project.ts';
import { nameOf } from '../layout.ts';
import { type Ecosystem, type Package, saidIn, sampleOf } from '../package.ts';
import { certain, guessed } from '../told.ts';
import { buildToolOf, packageManagerOf } from './packaging.ts';
import { type Requirements, requirementsOf } from './requirements.ts';
import { testsOf } from './tests.ts';

/** Python applications and distributions. */
export const python: Ecosystem = {
  isManifest: (file) =>
    /^(pyproject\.toml|setup\.py|setup\.cfg|Pipfile)$/.test(nameOf(file)) || isRequirements(file),
  isSource: (file) => file.endsWith('.py') && !/(^|\/)(setup|noxfile|conf)\.py$/.test(file),
  isTest: (file) =>
    /(^|\/)(test_[^/]*|[^/]*_test|tests|conftest)\.py$/.test(file) || /(^|\/)tests?\/.*\.py$/.test(file),
  describe,
};

/** A list of its own for documentation or tests makes no package of them. */
function isRequirements(file: string): boolean {
  return (
    nameOf(file) === 'requirements.txt' &&
    !/(^|\/)(docs?|tests?|requirements|ci)\/requirements\.txt$/.test(file)
  );
}

async function describe(found: Package): Promise<Project | null> {
  const files = found.sources.length + found.tests.length;
  if (files === 0 && !found.names.some((name) => /^(pyproject\.toml|setup\.py|Pipfile)$/.test(name)))
    return null;
  const required = await requirementsOf(found);
  const frameworks = await frameworksOf(found, required);
  return {
    dir: found.dir,
    language:
      files > 0 ? certain('python', `${files} sources`) : guessed('python', 'a manifest, but no sources'),
    languageVersion: await versionOf(found, required),
    frameworks,
    packageManager: packageManagerOf(found, required),
    buildTool: buildToolOf(found, required),
    tests: await testsOf(found, required, frameworks),
  };
}

async function versionOf(found: Package, required: Requirements): Promise<Told<string> | null> {
  if (required.python !== null) return required.python;
  const said = await saidIn(found, ['.python-version', 'runtime.txt']);
  return said === null ? null : certain(said.word.replace(/^python-/, ''), said.name);
}

const FRAMEWORKS: readonly (readonly [Framework, module: string, ...packages: string[]])[] = [
  ['django', 'django', 'django', 'djangorestframework'],
  ['flask', 'flask', 'flask'],
  ['fastapi', 'fastapi', 'fastapi'],
];

async function frameworksOf(found: Package, required: Requirements): Promise<readonly Told<Framework>[]> {
  const sources = await sampleOf(found, found.sources);
  const manage = found.names.find((name) => /(^|\/)manage\.py$/.test(name));
  const isDjango = manage !== undefined && /django/.test((await found.read(manage)) ?? '');
  return FRAMEWORKS.flatMap(([framework, module, ...packages]) => {
    const name = packages.find((one) => required.main.has(one));
    if (name !== undefined) return [certain(framework, `${required.main.get(name)}: ${name}`)];
    if (framework === 'django' && isDjango) return [certain(framework, `${manage} runs django`)];
    const statement = new RegExp(`^\\s*(from|import)\\s+${module}\\b`, 'm');
    if (!sources.some((text) => statement.test(text))) return [];
    return required.main.size === 0
      ? [certain(framework, `sources import ${module}`)]
      : [guessed(framework, `sources import ${module}, but it is not required`)];
  });
}
