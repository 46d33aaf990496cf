import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';
import { folderOf, namesIn, type Package } from '../package.ts';
import type { Runner } from '../runner.ts';
import { scriptWords } from '../script-words.ts';
import type { Sought, ToolchainOptions } from '../toolchains.ts';
import { pythonWith } from './interpreter.ts';
import { pytest } from './pytest.ts';
import { unittest } from './unittest.ts';

/** pytest, unless the tests are plainly written for unittest alone. */
export async function pythonRunner(pkg: Package, { options, framework }: Sought): Promise<Runner | null> {
  const tests = await testTexts(pkg);
  const isPython = tests.length > 0 || pkg.names.some((name) => PYTHON_SIGNS.test(name));
  if (!isPython) return null;
  const isPlain = framework === null ? await isForUnittest(pkg, tests) : framework === 'unittest';
  return isPlain ? plainRunner(pkg, options) : pytestRunner(pkg, options);
}

async function plainRunner(pkg: Package, options: ToolchainOptions): Promise<Runner> {
  const python = await pythonWith([], pkg, options);
  if (python !== null) return unittest(pkg, python);
  throw new VigilError('tool_missing', {
    what: 'the tests need Python, and there is no python3 on PATH',
    hint: 'Install Python 3, then try the fix again.',
  });
}

async function pytestRunner(pkg: Package, options: ToolchainOptions): Promise<Runner> {
  const python = await pythonWith(['pytest'], pkg, options);
  const words = scriptWords(options.testCommand?.join(' ') ?? '', (word) => word === 'pytest');
  if (python !== null) return pytest(pkg, python, words?.options ?? []);
  throw new VigilError('tool_missing', {
    what: 'the tests need pytest, and no Python here has it',
    hint: 'Install it in the project: python3 -m venv .venv && .venv/bin/pip install pytest coverage',
  });
}

const PYTHON_SIGNS =
  /^(pyproject\.toml|pytest\.ini|setup\.(py|cfg)|tox\.ini|conftest\.py|requirements.*\.txt|Pipfile)$/;
const TEST_FILE = /^test.*\.py$|_test\.py$|^conftest\.py$/;

/** Texts of the test files in the usual folders, at most twenty of each. */
async function testTexts(pkg: Package): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const folder of ['.', 'test', 'tests']) {
    const names = (await namesIn(pkg, folder)).filter((name) => TEST_FILE.test(name)).slice(0, 20);
    for (const name of names) texts.push(await textOf(pkg, join(folder, name)));
  }
  return texts;
}

async function isForUnittest(pkg: Package, tests: readonly string[]): Promise<boolean> {
  if (!tests.some((text) => /^\s*(import unittest|from unittest import)\b/m.test(text))) return false;
  const settings = pkg.names.filter((name) => PYTHON_SIGNS.test(name));
  if (settings.some((name) => /^(pytest\.ini|conftest\.py)$/.test(name))) return false;
  const texts = await Promise.all(settings.map((name) => textOf(pkg, name)));
  return ![...texts, ...tests].some((text) => /\bpytest\b/.test(text));
}

function textOf(pkg: Package, file: string): Promise<string> {
  return readFile(join(folderOf(pkg), file), 'utf8').catch(() => '');
}
