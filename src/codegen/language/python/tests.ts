import type { Framework, TestFramework, Told } from '../../../domain/project.ts';
import { type Package, sampleOf, textOf } from '../package.ts';
import { certain, guessed } from '../told.ts';
import { iniSections } from './ini.ts';
import type { Requirements } from './requirements.ts';

/** pytest where anything is set up for it; unittest where the tests are written for it and nothing else is said. */
export async function testsOf(
  found: Package,
  required: Requirements,
  frameworks: readonly Told<Framework>[],
): Promise<Told<TestFramework> | null> {
  const configured = await pytestConfig(found, required);
  if (configured !== null) return certain('pytest', configured);
  const texts = await sampleOf(found, found.tests);
  if (texts.some((text) => /^\s*(import|from)\s+pytest\b/m.test(text)))
    return certain('pytest', 'tests import pytest');
  const command = await commandOf(found);
  const declared = pytestDeclared(required);
  if (command !== null)
    return declared === null || command.value === 'pytest'
      ? command
      : guessed(command.value, `${command.because}; but ${declared}`);
  if (declared !== null) return certain('pytest', declared);
  return unittestOf(texts, frameworks);
}

async function pytestConfig(found: Package, required: Requirements): Promise<string | null> {
  const file = ['pytest.ini', '.pytest.ini', 'pytest.toml'].find(found.has);
  if (file !== undefined) return file;
  if (required.pyproject.tools.has('pytest')) return 'pyproject.toml: tool.pytest';
  for (const [name, section] of [
    ['setup.cfg', 'tool:pytest'],
    ['tox.ini', 'pytest'],
  ] as const) {
    if (iniSections(await textOf(found, name)).has(section)) return `${name}: [${section}]`;
  }
  return found.names.find((name) => /(^|\/)conftest\.py$/.test(name)) ?? null;
}

function pytestDeclared(required: Requirements): string | null {
  for (const table of [required.main, required.more]) {
    const name = [...table.keys()].find((one) => one === 'pytest' || one.startsWith('pytest-'));
    if (name !== undefined) return `${table.get(name)}: ${name}`;
  }
  return null;
}

/** What tox, nox or make run. */
async function commandOf(found: Package): Promise<Told<TestFramework> | null> {
  for (const name of ['tox.ini', 'noxfile.py', 'Makefile']) {
    const text = await textOf(found, name);
    const pytest = /(^|[\s"'=])(py\.test|pytest)\b/m.test(text);
    const unittest = /-m\s+unittest\b|["']unittest["']|manage\.py\s+test\b/.test(text);
    if (pytest !== unittest) return certain(pytest ? 'pytest' : 'unittest', name);
  }
  return null;
}

function unittestOf(
  texts: readonly string[],
  frameworks: readonly Told<Framework>[],
): Told<TestFramework> | null {
  const isCase = (text: string) => /^\s*class\s+\w+\(.*\bTestCase\b.*\)/m.test(text);
  const isPlain = (text: string) => /^(async\s+)?def test_/m.test(text);
  if (texts.some(isPlain)) return guessed('pytest', 'test functions outside of classes');
  const isDjango = frameworks.some((told) => told.value === 'django' && told.certain);
  if (texts.some(isCase))
    return certain('unittest', isDjango ? "tests are Django's TestCase" : 'tests are TestCase classes');
  return null;
}
