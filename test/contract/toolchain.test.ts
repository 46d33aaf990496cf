import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Toolchain } from '../../src/ports/toolchain.ts';
import {
  type Files,
  hasPytest,
  newWorld,
  sandboxFor,
  toolchainsAt,
  writeFiles,
} from '../support/fix-world.ts';

/** One project a runner: `suite` has a passing, a failing and a skipped test, `broken` cannot be loaded. */
interface Sample {
  readonly name: string;
  readonly framework: string | null;
  readonly files: Files;
  readonly suite: string;
  readonly broken: string;
  readonly notATest: string;
  readonly usesPackages: boolean;
}

const NEVER = new AbortController().signal;

function toolchainContract(sample: Sample): void {
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
      const run = await toolchain.run([sample.suite], NEVER);
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
      const run = await toolchain.run([sample.broken], NEVER);
      expect(run.ok).toBe(false);
      expect(run.results.map((test) => [test.file, test.outcome])).toEqual([[sample.broken, 'failed']]);
      expect(run.results[0]?.message).toMatch(/nowhere/);
    });

    it('names the same tests in two runs', async () => {
      const names = async () =>
        (await toolchain.run([sample.suite], NEVER)).results.map((test) => test.name).sort();
      expect(await names()).toEqual(await names());
    });

    it('finds nothing wrong where there are no tests', async () => {
      for (const path of [sample.suite, sample.broken]) rmSync(join(tree(), path));
      expect(await toolchain.run([], NEVER)).toMatchObject({ ok: true, results: [] });
    });

    it('tells a person how to run a file', () => {
      expect(toolchain.rerun([sample.suite]).at(-1)).toBe(sample.suite);
    });
  });
}

toolchainContract({
  name: 'node:test',
  framework: null,
  usesPackages: false,
  suite: 'test/suite.test.js',
  broken: 'test/broken.test.js',
  notATest: 'src/a.js',
  files: {
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'src/a.js': 'export const one = 1;\n',
    'test/suite.test.js':
      "import assert from 'node:assert';\nimport { it } from 'node:test';\nit('passes', () => {});\nit('fails', () => assert.equal(1, 2));\nit.skip('waits', () => {});\n",
    'test/broken.test.js': "import './nowhere.js';\n",
  },
});

toolchainContract({
  name: 'vitest',
  framework: 'vitest',
  usesPackages: true,
  suite: 'test/suite.test.js',
  broken: 'test/broken.test.js',
  notATest: 'src/a.js',
  files: {
    'package.json': JSON.stringify({ type: 'module', devDependencies: { vitest: '5' } }),
    'src/a.js': 'export const one = 1;\n',
    'test/suite.test.js':
      "import { expect, it } from 'vitest';\nit('passes', () => {});\nit('fails', () => expect(1).toBe(2));\nit.skip('waits', () => {});\n",
    'test/broken.test.js': "import './nowhere.js';\n",
  },
});

if (hasPytest) {
  toolchainContract({
    name: 'pytest',
    framework: 'pytest',
    usesPackages: false,
    suite: 'tests/test_suite.py',
    broken: 'tests/test_broken.py',
    notATest: 'app.py',
    files: {
      'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n',
      'app.py': 'ONE = 1\n',
      'tests/test_suite.py':
        'import pytest\nfrom app import ONE\n\n\ndef test_passes():\n    assert ONE == 1\n\n\ndef test_fails():\n    assert ONE == 2\n\n\n@pytest.mark.skip\ndef test_waits():\n    pass\n',
      'tests/test_broken.py': 'import nowhere\n',
    },
  });
}
