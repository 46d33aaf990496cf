import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOnPath } from '../machine.ts';
import { folderOf, namesIn, type Package } from '../package.ts';
import type { Runner } from '../runner.ts';
import { type ScriptWords, scriptWords } from '../script-words.ts';
import type { Sought, ToolchainOptions } from '../toolchains.ts';
import { jest } from './jest.ts';
import { mocha } from './mocha.ts';
import { nodeTest, nodeTestWords } from './node-test.ts';
import { vitest } from './vitest.ts';

type Tool = 'node:test' | 'vitest' | 'jest' | 'mocha';

/** The runner that the package's test script calls, else the one that it declares, else Node's own if tests import it. */
export async function javascriptRunner(pkg: Package, { options, framework }: Sought): Promise<Runner | null> {
  if (pkg.manifest === null) return null;
  const script = options.testCommand?.join(' ') ?? pkg.manifest.scripts['test'] ?? '';
  const called = calledTool(script);
  const tool = knownTool(framework) ?? called?.tool ?? (await declaredTool(pkg));
  if (tool === null) return null;
  const words = called?.tool === tool ? called.words : null;
  return RUNNERS[tool](pkg, words, nodeOf(options));
}

const RUNNERS: Readonly<Record<Tool, typeof nodeTest>> = { 'node:test': nodeTest, vitest, jest, mocha };

function knownTool(framework: Sought['framework']): Tool | null {
  return Object.keys(RUNNERS).find((tool): tool is Tool => tool === framework) ?? null;
}

function calledTool(script: string): { readonly tool: Tool; readonly words: ScriptWords } | null {
  const byName = (name: string) => scriptWords(script, (word) => word === name || word.endsWith(`/${name}`));
  const node = nodeTestWords(script);
  if (node !== null) return { tool: 'node:test', words: node };
  for (const tool of ['vitest', 'jest', 'mocha'] as const) {
    const words = byName(tool);
    if (words !== null) return { tool, words };
  }
  return null;
}

async function declaredTool(pkg: Package): Promise<Tool | null> {
  const declared = (['vitest', 'jest', 'mocha'] as const).find((tool) => declares(pkg, tool));
  return declared ?? ((await importsNodeTest(pkg)) ? 'node:test' : null);
}

function declares({ manifest, names }: Package, tool: Tool): boolean {
  const isDeclared =
    manifest?.devDependencies[tool] !== undefined || manifest?.dependencies[tool] !== undefined;
  return (
    isDeclared || names.some((name) => name.startsWith(`${tool}.config.`) || name.startsWith(`.${tool}rc`))
  );
}

async function importsNodeTest(pkg: Package): Promise<boolean> {
  for (const folder of ['test', 'tests', '.']) {
    for (const name of await namesIn(pkg, folder)) {
      if (!/\.[cm]?[jt]s$/.test(name)) continue;
      const text = await readFile(join(folderOf(pkg), folder, name), 'utf8').catch(() => '');
      if (/['"]node:test['"]/.test(text)) return true;
    }
  }
  return false;
}

/** The Node that `npm test` would use in the checkout: its own from npm, else the one on PATH, else ours. */
function nodeOf({ root, env, execPath }: ToolchainOptions): string {
  const folders = [join(root, 'node_modules', '.bin'), ...foldersOnPath(env)];
  const found = folders.map((folder) => join(folder, 'node')).find((file) => existsSync(file));
  return found === undefined ? execPath : realpathSync(found);
}
