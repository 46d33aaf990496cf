import { VigilError } from '../../domain/errors.ts';
import type { TestRun } from '../../domain/fix.ts';
import type { TestRequest } from '../../ports/toolchain.ts';
import type { Tree } from '../../ports/workspace.ts';
import type { ProofInput } from './proof-case.ts';

/** The test runs of one proof: each in a tree that was built for it, each in the log. */
export interface Runs {
  /** @throws VigilError `cancelled` when the signal aborts. */
  test(tree: Tree, request?: Partial<TestRequest>): Promise<TestRun>;
  /** A command instead of the tests, confined like them. @throws VigilError `cancelled`. */
  command(tree: Tree, argv: readonly [string, ...string[]]): Promise<TestRun>;
  /** How long all runs so far took together, ms. */
  spentMs(): number;
  note(text: string): void;
  /** Every run with its command, results and the end of its output. */
  log(): string;
}

const WHOLE_SUITE: TestRequest = { files: [], only: null, coverage: false };

export function recordedRuns(
  { workspace, toolchain }: Pick<ProofInput, 'workspace' | 'toolchain'>,
  signal: AbortSignal,
): Runs {
  const log: string[] = [];
  let spent = 0;
  const recorded = async (tree: Tree, run: () => Promise<TestRun>): Promise<TestRun> => {
    stopIfCancelled(signal);
    await workspace.checkout(tree);
    const ended = await run();
    stopIfCancelled(signal);
    spent += ended.durationMs;
    log.push(textOf(tree, ended));
    return ended;
  };
  return {
    test: (tree, request = {}) => recorded(tree, () => toolchain.run({ ...WHOLE_SUITE, ...request }, signal)),
    command: (tree, argv) => recorded(tree, () => toolchain.command(argv, signal)),
    spentMs: () => spent,
    note: (text) => void log.push(text),
    log: () => log.join('\n\n'),
  };
}

function textOf({ tree }: Tree, run: TestRun): string {
  const results = run.results.map((test) => `${test.outcome} ${test.file} > ${test.name}`);
  return [`$ ${run.command.join(' ')}   # ${tree}, ${run.durationMs} ms`, ...results, run.outputTail].join(
    '\n',
  );
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new VigilError('cancelled', { what: 'the proof was cancelled' });
}
