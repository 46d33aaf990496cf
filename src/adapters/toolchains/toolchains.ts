import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { Sandbox } from '../../ports/process.ts';
import type { Toolchains } from '../../ports/toolchain.ts';
import { confinedToolchain } from './confined-toolchain.ts';
import { type DependencyDeps, dependencyFolders, findPackages, linkPackages } from './dependencies.ts';
import { jest } from './jest.ts';
import { nodeTest, nodeTestWords } from './node-test.ts';
import { nodeOf, pythonWithPytest } from './programs.ts';
import { type Project, projectsAround } from './project.ts';
import { pytest } from './pytest.ts';
import type { Runner } from './runner.ts';
import { scriptWords } from './script-words.ts';
import { vitest } from './vitest.ts';

export interface ToolchainOptions extends DependencyDeps {
  readonly sandbox: Sandbox;
  /** Node to fall back on. */
  readonly execPath: string;
  /** `fix.testCommand`; null to read the project's own script. */
  readonly testCommand: readonly string[] | null;
  /** Deadline of one run of the tests. */
  readonly timeoutMs: number;
}

/** Finds the test runner of the package that a suspect belongs to: node:test, vitest, jest or pytest. */
export function toolchains(options: ToolchainOptions): Toolchains {
  return {
    async detect(workspace, suspect) {
      for (const project of await projectsAround(workspace, suspect)) {
        const runner = await runnerOf(project, suspect, options);
        if (runner !== null) return toolchainOf(runner, options);
      }
      return null;
    },
  };
}

async function toolchainOf(runner: Runner, options: ToolchainOptions) {
  const { project } = runner;
  const packages = runner.language === 'python' ? [] : await findPackages(project, options);
  const prepare = () => linkPackages(project.workspace, options.root, packages);
  await prepare();
  const readable = [...packages.map((one) => one.nodeModules), ...dependencyFolders(options.root)];
  return confinedToolchain(runner, { ...options, prepare, readable });
}

async function runnerOf(
  project: Project,
  suspect: string | null,
  options: ToolchainOptions,
): Promise<Runner | null> {
  const python = () => pythonRunner(project, options);
  const node = () => nodeRunner(project, options);
  const order = suspect?.endsWith('.py') === true ? [python, node] : [node, python];
  for (const find of order) {
    const runner = await find();
    if (runner !== null) return runner;
  }
  return null;
}

async function nodeRunner(project: Project, options: ToolchainOptions): Promise<Runner | null> {
  if (project.manifest === null) return null;
  const script = options.testCommand?.join(' ') ?? project.manifest.scripts['test'] ?? '';
  const node = nodeOf(options, options.execPath);
  const byTool = (name: string) => scriptWords(script, (word) => word === name || word.endsWith(`/${name}`));
  const words = { vitest: byTool('vitest'), jest: byTool('jest'), node: nodeTestWords(script) };
  if (words.node !== null) return nodeTest(project, words.node, node);
  if (words.vitest !== null || declares(project, 'vitest')) return vitest(project, words.vitest, node);
  if (words.jest !== null || declares(project, 'jest')) return jest(project, words.jest, node);
  return (await importsNodeTest(project)) ? nodeTest(project, null, node) : null;
}

function declares(project: Project, tool: string): boolean {
  const { manifest, names } = project;
  const isDeclared =
    manifest?.devDependencies[tool] !== undefined || manifest?.dependencies[tool] !== undefined;
  return isDeclared || names.some((name) => name.startsWith(`${tool}.config.`));
}

async function importsNodeTest(project: Project): Promise<boolean> {
  const { workspace, dir } = project;
  for (const folder of ['test', 'tests', '.']) {
    const at = join(workspace, dir, folder);
    for (const name of project.names.includes(folder)
      ? await namesIn(at)
      : folder === '.'
        ? project.names
        : []) {
      if (!/\.[cm]?[jt]s$/.test(name)) continue;
      const text = await readFile(join(at, name), 'utf8').catch(() => '');
      if (/['"]node:test['"]/.test(text)) return true;
    }
  }
  return false;
}

async function pythonRunner(project: Project, options: ToolchainOptions): Promise<Runner | null> {
  if (!(await usesPytest(project))) return null;
  const python = await pythonWithPytest(options, options.run);
  if (python === null) {
    throw new VigilError('tool_missing', {
      what: 'the tests need pytest, and no Python here has it',
      hint: 'Install it in the project: python3 -m venv .venv && .venv/bin/pip install pytest',
    });
  }
  const words = scriptWords(options.testCommand?.join(' ') ?? '', (word) => word === 'pytest');
  return pytest(project, python, words?.options ?? []);
}

const PYTHON_SIGNS =
  /^(pyproject\.toml|pytest\.ini|setup\.(py|cfg)|tox\.ini|conftest\.py|requirements.*\.txt|test_.*\.py)$/;

async function usesPytest(project: Project): Promise<boolean> {
  if (project.names.some((name) => PYTHON_SIGNS.test(name))) return true;
  for (const folder of ['test', 'tests'].filter((name) => project.names.includes(name))) {
    const names = await namesIn(join(project.workspace, project.dir, folder));
    if (names.some((name) => /^test_.*\.py$|_test\.py$|^conftest\.py$/.test(name))) return true;
  }
  return false;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
