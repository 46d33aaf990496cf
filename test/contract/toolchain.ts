import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Toolchain } from '../../src/ports/toolchain.ts';
import { allOf } from '../support/agent-task.ts';
import { type Files, newWorld, sandboxFor, toolchainsAt, writeFiles } from '../support/fix-world.ts';

/** One project a runner: `suite` has a passing, a failing and a skipped test, `broken` cannot be loaded. */
export interface Sample {
  readonly name: string;
  readonly framework: string | null;
  readonly files: Files;
  readonly suite: string;
  readonly broken: string;
  readonly notATest: string;
  readonly usesPackages: boolean;
}

const NEVER = new AbortController().signal;

/** What holds for every toolchain. */
export function toolchainContract(sample: Sample): void {
  describe(sample.name, () => {
    let world: ReturnType<typeof newWorld>;
    let toolchain: Toolchain;
    const tree = () => join(world.folder, 'tree');
    beforeEach(async () => {
      world = newWorld();
      const root = join(world.folder, 'repo');
      for (const at of [root, tree()]) writeFiles(at, sample.files);
      if (sample.usesPackages) symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
      const found = await toolchainsAt(root, await sandboxFor(root)).detect(tree(), null);
      if (found === null) throw new Error('not recognised');
      toolchain = found;
    });
    afterEach(() => world.remove());

    it('is recognised, and tells tests from other files', () => {
      expect(toolchain).toMatchObject({ name: sample.name, framework: sample.framework });
      expect([sample.suite, sample.broken, sample.notATest].map((path) => toolchain.isTest(path))).toEqual([
        true,
        true,
        false,
      ]);
    });

    it('runs one file: outcomes by name, file relative to the workspace, a message only for what failed', async () => {
      const run = await toolchain.run(allOf([sample.suite]), NEVER);
      expect(run.ok).toBe(false);
      expect(run.results.map(({ file, outcome }) => `${outcome} ${file}`).sort()).toEqual([
        `failed ${sample.suite}`,
        `passed ${sample.suite}`,
        `skipped ${sample.suite}`,
      ]);
      const failed = run.results.find((test) => test.outcome === 'failed');
      expect(failed?.message).toMatch(/1.*2|2.*1/s);
      expect(run.results.find((test) => test.outcome === 'passed')?.message).toBe('');
    });

    it('gives a file that cannot be loaded as failed, with the reason', async () => {
      const run = await toolchain.run(allOf([sample.broken]), NEVER);
      expect(run.ok).toBe(false);
      expect(run.results.map((test) => [test.file, test.outcome])).toEqual([[sample.broken, 'failed']]);
      expect(run.results[0]?.message).toMatch(/nowhere/);
    });

    it('names the same tests in two runs', async () => {
      const names = async () =>
        (await toolchain.run(allOf([sample.suite]), NEVER)).results.map((test) => test.name).sort();
      expect(await names()).toEqual(await names());
    });

    it('finds nothing wrong where there are no tests', async () => {
      for (const path of [sample.suite, sample.broken]) rmSync(join(tree(), path));
      expect(await toolchain.run(allOf([]), NEVER)).toMatchObject({ ok: true, results: [] });
    });

    it('tells a person how to run a file', () => {
      expect(toolchain.rerun([sample.suite]).at(-1)).toBe(sample.suite);
    });
  });
}
