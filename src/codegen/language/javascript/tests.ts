import type { TestFramework, Told } from '../../../domain/project.ts';
import { type Package, sampleOf } from '../package.ts';
import { agreed, certain, guessed } from '../told.ts';
import { importedPackages } from './imports.ts';
import { commandsOf, declaredIn, type Manifest, manifestOf } from './manifest.ts';

type NodeTests = Extract<TestFramework, 'node:test' | 'vitest' | 'jest' | 'mocha'>;

/** What the script says, else configuration and imports, else what is declared; at last the packages around it. */
export async function testsOf(found: Package, manifest: Manifest): Promise<Told<TestFramework> | null> {
  const script = testsOfScripts(manifest);
  if (script === 'foreign') return null;
  if (script !== null) return script;
  const imports = await testsByImport(found);
  const told =
    agreed([...(await testsByConfig(found, manifest)), ...imports]) ?? testsByDeclaration(manifest);
  if (told !== null || found.tests.length === 0) return told;
  return inheritedTests(found);
}

/** Runners that VigilAI cannot run. */
const FOREIGN = [
  'ava',
  'tap',
  'tape',
  'jasmine',
  'karma',
  'uvu',
  'wtr',
  'cypress',
  'playwright',
  'deno',
  'ng',
];

function testsOfScripts(manifest: Manifest): Told<NodeTests> | 'foreign' | null {
  const scripts = Object.keys(manifest.scripts).filter((name) => /^(test|unit)\b/.test(name));
  const ordered = [
    ...scripts.filter((name) => name === 'test'),
    ...scripts.filter((name) => name !== 'test'),
  ];
  for (const script of ordered) {
    const commands = commandsOf(manifest, script);
    const value = commands.map(testsOfCommand).find((one) => one !== null);
    if (value !== undefined && value !== null) return certain(value, `package.json: scripts.${script}`);
    if (script === 'test' && commands.some(isForeign)) return 'foreign';
  }
  return null;
}

function testsOfCommand(words: readonly string[]): NodeTests | null {
  const names = words.map((word) => word.replace(/^.*\//, '').replace(/\.[cm]?js$/, ''));
  if (words.includes('--test') && names.some((name) => ['node', 'tsx', 'ts-node'].includes(name)))
    return 'node:test';
  const named = (['vitest', 'jest', 'mocha'] as const).find((tool) => names.includes(tool));
  if (named !== undefined) return named;
  return names.includes('react-scripts') && words.includes('test') ? 'jest' : null;
}

function isForeign(words: readonly string[]): boolean {
  const names = words.filter((word) => !/^(npx|pnpm|yarn|bunx|exec|c8|nyc|cross-env|\w+=.*)$/.test(word));
  return FOREIGN.includes(names[0] ?? '') || words.join(' ').startsWith('bun test');
}

async function testsByConfig(found: Package, manifest: Manifest): Promise<readonly Told<NodeTests>[]> {
  const config = (pattern: RegExp) => found.names.find((name) => pattern.test(name));
  const files: readonly (readonly [NodeTests, string | undefined])[] = [
    ['vitest', config(/^vitest\.(config|workspace)\.[cm]?[jt]s(on)?$/)],
    ['jest', config(/^jest\.config\.([cm]?[jt]s|json)$/)],
    ['mocha', config(/^\.mocharc(\.\w+)?$/)],
    ['jest', manifest.jest === undefined ? undefined : 'package.json: jest'],
    ['mocha', manifest.mocha === undefined ? undefined : 'package.json: mocha'],
    ['vitest', await viteWithTests(found)],
  ];
  return files.flatMap(([value, because]) => (because === undefined ? [] : [certain(value, because)]));
}

async function viteWithTests(found: Package): Promise<string | undefined> {
  const name = found.names.find((one) => /^vite\.config\.[cm]?[jt]s$/.test(one));
  const text = name === undefined ? null : await found.read(name);
  return text !== null && /^\s*test\s*:/m.test(text) ? `${name}: test` : undefined;
}

const BY_IMPORT: Readonly<Record<string, NodeTests>> = {
  'node:test': 'node:test',
  vitest: 'vitest',
  '@jest/globals': 'jest',
  mocha: 'mocha',
};

async function testsByImport(found: Package): Promise<readonly Told<NodeTests>[]> {
  const imported = importedPackages(await sampleOf(found, found.tests));
  return Object.entries(BY_IMPORT).flatMap(([name, value]) =>
    imported.has(name) ? [certain(value, `tests import ${name}`)] : [],
  );
}

function testsByDeclaration(manifest: Manifest): Told<NodeTests> | null {
  const evidence = (['vitest', 'jest', 'mocha'] as const).flatMap((name) => {
    const place = declaredIn(manifest, name);
    return place === null ? [] : [certain(name, place)];
  });
  const types = declaredIn(manifest, '@types/jest') ?? declaredIn(manifest, 'ts-jest');
  return agreed(evidence) ?? (types === null ? null : guessed('jest', types));
}

/** Tests of a package may be run from the workspace's root. */
async function inheritedTests(found: Package): Promise<Told<TestFramework> | null> {
  for (const outer of found.around) {
    const manifest = await manifestOf(outer);
    const script = testsOfScripts(manifest);
    if (script === 'foreign') return null;
    const told = script ?? agreed(await testsByConfig(outer, manifest)) ?? testsByDeclaration(manifest);
    if (told !== null) return guessed(told.value, `${told.because} of ${outer.dir || 'the root'}`);
  }
  return null;
}
