import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestRun } from '../../src/domain/fix.ts';
import type { Toolchain } from '../../src/ports/toolchain.ts';
import { allOf } from '../support/agent-task.ts';
import { type Files, newWorld, sandboxFor, toolchainsAt, writeFiles } from '../support/fix-world.ts';
import { listen } from '../support/listen.ts';
import { processesWith } from '../support/processes.ts';

/** A test that does one thing that must do no harm. `call` connects to a port of the machine's loopback. */
export type Act = 'hang' | 'shout' | 'call';

/** A small project with a real bug, of one runner. */
export interface Sample {
  readonly name: string;
  readonly framework: string | null;
  readonly files: Files;
  /** It fails to look at its argument first. */
  readonly source: string;
  /** Four tests of it: one passes, one expects 1 where there is 2, one runs into the bug, one is skipped. */
  readonly suite: string;
  /** Name of the test that passes. */
  readonly alone: string;
  /** What the bug says. */
  readonly bug: RegExp;
  /** Lines of `source` that the suite runs, and those that it does not. */
  readonly lines: { readonly covered: readonly number[]; readonly uncovered: readonly number[] };
  /** A test file that cannot be loaded or compiled, for want of `nowhere`. */
  readonly broken: readonly [file: string, text: string];
  readonly act: (act: Act, port: number) => readonly [file: string, text: string];
  /** Deadline of a run, in ms. */
  readonly timeoutMs: number;
  /** Long enough for a test to be begun, in ms. */
  readonly soonMs: number;
  /** How the file of the suite stands in what a person types. */
  readonly rerun: string;
  /** Installed packages to borrow: a `node_modules`; null for none. */
  readonly packages: string | null;
}

const NEVER = new AbortController().signal;

/** What holds for every toolchain. `results`: how runs are confined was looked at with another runner of the same tool. */
export function toolchainContract(sample: Sample, what: 'all' | 'results' = 'all'): void {
  describe(sample.name, { timeout: 2 * sample.timeoutMs }, () => {
    let world: ReturnType<typeof newWorld>;
    let toolchain: Toolchain;
    let whole: TestRun;
    const tree = () => join(world.folder, 'tree');
    const at = async (timeoutMs = sample.timeoutMs) => {
      const root = join(world.folder, 'repo');
      const found = await toolchainsAt(root, await sandboxFor(root), null, timeoutMs).detect(tree(), null);
      if (found === null) throw new Error('not recognised');
      return found;
    };
    const runOf = async ([file, text]: readonly [string, string], by = toolchain) => {
      writeFiles(tree(), { [file]: text });
      try {
        return await by.run(allOf([file]), NEVER);
      } finally {
        rmSync(join(tree(), file));
      }
    };

    beforeAll(async () => {
      world = newWorld();
      const root = join(world.folder, 'repo');
      mkdirSync(root);
      for (const folder of [root, tree()]) writeFiles(folder, sample.files);
      if (sample.packages !== null) symlinkSync(sample.packages, join(root, 'node_modules'));
      toolchain = await at();
      whole = await toolchain.run({ files: [], only: null, coverage: true }, NEVER);
    }, 2 * sample.timeoutMs);
    afterAll(() => world.remove());

    it('is recognised, and tells tests from other files', () => {
      expect(toolchain).toMatchObject({ name: sample.name, framework: sample.framework });
      const paths = [sample.suite, sample.broken[0], sample.source];
      expect(paths.map((path) => toolchain.isTest(path))).toEqual([true, true, false]);
    });

    it('runs the whole suite: outcomes by file, a message only for what did not pass', () => {
      expect(whole.ok).toBe(false);
      expect(whole.results.map(({ file, outcome }) => `${outcome} ${file}`).sort()).toEqual([
        `failed ${sample.suite}`,
        `failed ${sample.suite}`,
        `passed ${sample.suite}`,
        `skipped ${sample.suite}`,
      ]);
      const messages = whole.results.filter((test) => test.outcome === 'failed').map((test) => test.message);
      expect(messages.filter((message) => /1.*2|2.*1/s.test(message)).length).toBeGreaterThan(0);
      expect(messages.filter((message) => sample.bug.test(message))).toHaveLength(1);
      expect(whole.results.find((test) => test.outcome === 'passed')?.message).toBe('');
    });

    it('says which lines ran', () => {
      expect(whole.coverage?.find((one) => one.file === sample.source)).toEqual({
        file: sample.source,
        ...sample.lines,
      });
    });

    it('runs one test alone, by the name that it gave it', async () => {
      const only = { file: sample.suite, name: sample.alone };
      const run = await toolchain.run({ files: [], only, coverage: false }, NEVER);
      expect(run).toMatchObject({ ok: true, coverage: null });
      expect(run.results).toEqual([{ ...only, outcome: 'passed', message: '' }]);
    });

    it('runs one file, and names its tests as before', async () => {
      const run = await toolchain.run(allOf([sample.suite]), NEVER);
      const names = (one: TestRun) => one.results.map((test) => test.name).sort();
      expect(names(run)).toEqual(names(whole));
    });

    it('gives a file that cannot be loaded as an error, with the reason', async () => {
      const run = await runOf(sample.broken);
      expect(run.ok).toBe(false);
      expect(run.results.map((test) => [test.file, test.outcome])).toEqual([[sample.broken[0], 'errored']]);
      expect(run.results[0]?.message).toMatch(/nowhere/i);
    });

    if (what === 'all') {
      it('ends tests that hang at the deadline, with all that they started', async () => {
        const run = await runOf(sample.act('hang', 0), await at(sample.soonMs));
        expect(run.ok).toBe(false);
        expect(run.outputTail).toContain('did not end within');
        expect(processesWith(world.folder)).toEqual([]);
      });

      it('keeps the end of an output that does not end', async () => {
        const run = await runOf(sample.act('shout', 0));
        expect(run.outputTail.length).toBeLessThan(5_000);
        expect(JSON.stringify(run).length).toBeLessThan(20_000);
      });

      it('lets no test reach the network', async () => {
        const sandbox = await sandboxFor(world.folder);
        if (sandbox.name === 'none') return;
        let calls = 0;
        const server = createServer().on('connection', () => {
          calls += 1;
        });
        const { url, close } = await listen(server);
        const run = await runOf(sample.act('call', Number(new URL(url).port)));
        await close();
        expect(run.results.map((test) => test.outcome)).toEqual(['failed']);
        expect(calls).toBe(0);
      });
    }

    it('tells a person how to run a file', () => {
      expect(toolchain.rerun([sample.suite]).join(' ')).toContain(sample.rerun);
    });

    it('finds nothing wrong where there are no tests', async () => {
      rmSync(join(tree(), sample.suite));
      expect(await toolchain.run(allOf([]), NEVER)).toMatchObject({ ok: true, results: [] });
    });
  });
}
