import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../../src/adapters/git/repository.ts';
import { run } from '../../../src/adapters/process/run.ts';
import { readCode } from '../../../src/diagnosis/locate/code.ts';
import { fromTrace } from '../../../src/diagnosis/locate/from-trace.ts';
import { parseTrace } from '../../../src/pipeline/traces/parse.ts';
import { gitIn } from '../../support/git-in.ts';
import { syntaxOnPaper } from '../../support/outline-of.ts';

const SOURCE = `interface Cart {
  readonly items: readonly number[];
}

export function totalOf(cart: Cart): number {
  if (cart.items.length === 0) {
    throw new RangeError('empty cart');
  }
  return cart.items.reduce((sum, one) => sum + one, 0);
}

totalOf({ items: [] });
`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigil-maps-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'cart.ts'), SOURCE);
  writeFileSync(join(root, '.gitignore'), 'dist\n');
  gitIn(root, 'init', '-q');
  gitIn(root, 'add', '-A');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Compiles with the real compiler into `dist`, which git ignores. */
function compile(options: ts.CompilerOptions): void {
  const program = ts.createProgram([join(root, 'src', 'cart.ts')], {
    outDir: join(root, 'dist'),
    rootDir: join(root, 'src'),
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    types: [],
    noLib: true,
    noCheck: true,
    ...options,
  });
  program.emit();
}

/** Where the error of the program that really runs is found; `at` is the folder it runs in. */
async function place(at = root): Promise<string> {
  const { stderr } = spawnSync(process.execPath, [join(at, 'dist', 'cart.js')], { encoding: 'utf8' });
  const trace = parseTrace(stderr.split('\n'));
  if (trace === null) return stderr;
  const repository = await openRepository({ run, env: process.env }, root);
  const { spots, exact } = await fromTrace(trace, await readCode(repository, syntaxOnPaper));
  const [spot] = spots;
  return `${spot?.file}:${spot?.line} ${spot?.symbol} ${exact ? 'exact' : 'guessed'}`;
}

describe('frames of compiled TypeScript', () => {
  it('are found at their source line through the map beside the file', async () => {
    compile({ sourceMap: true });
    expect(await place()).toBe('src/cart.ts:7 totalOf exact');
  });

  it('are found through a map inside the file', async () => {
    compile({ inlineSourceMap: true });
    expect(await place()).toBe('src/cart.ts:7 totalOf exact');
  });

  it('are found when the program ran elsewhere, as in a container', async () => {
    compile({ sourceMap: true });
    const elsewhere = mkdtempSync(join(tmpdir(), 'vigil-app-'));
    try {
      cpSync(join(root, 'dist'), join(elsewhere, 'dist'), { recursive: true });
      expect(await place(elsewhere)).toBe('src/cart.ts:7 totalOf exact');
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('are guessed by name where there is no map, a broken one, or one that leads out of the repository', async () => {
    compile({});
    expect(await place()).toBe('src/cart.ts:5 totalOf guessed');
    compile({ sourceMap: true });
    writeFileSync(
      join(root, 'dist', 'cart.js.map'),
      '{"version":3,"sources":["../src/cart.ts"],"mappings":7}',
    );
    expect(await place()).toBe('src/cart.ts:5 totalOf guessed');
    compile({ sourceMap: true, sourceRoot: '/elsewhere/other/' });
    expect(await place()).toBe('src/cart.ts:5 totalOf guessed');
  });
});
