import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import type { ProofInput } from '../../src/codegen/proof/proof-case.ts';
import { prove } from '../../src/codegen/proof/prove.ts';
import type { Check, FileCoverage, Proof, TestResult, TestRun } from '../../src/domain/fix.ts';
import type { TestRequest } from '../../src/ports/toolchain.ts';
import type { FileChange, Tree } from '../../src/ports/workspace.ts';
import { aChange, limits, proofRules } from './fix-samples.ts';

/** `outcome` of each test, or with a message. */
export type Outcomes = Readonly<
  Record<string, TestResult['outcome'] | readonly [TestResult['outcome'], string]>
>;

/** What one run is about. */
export interface Ask {
  readonly tree: Tree;
  readonly request: Pick<TestRequest, 'files' | 'coverage'>;
  /** How many runs of the same kind there were before. */
  readonly before: number;
}

export interface ProofScript {
  readonly changes?: readonly FileChange[];
  /** What the tests say; `whole` is the suite. */
  readonly says: (ask: Ask, whole: boolean) => Outcomes;
  readonly coverage?: readonly FileCoverage[] | null;
  /** Does the reproducer succeed? */
  readonly reproducer?: (tree: Tree) => boolean;
  readonly input?: Partial<ProofInput>;
  readonly signal?: AbortSignal;
}

export const SOURCE = 'src/total.js';
export const TEST = 'test/total.test.js';
const BASE = 'export function total(order) {\n  return order.lines.length;\n}\n';
const FIX = BASE.replace('order.lines.', '(order.lines ?? []).');
const OLD_TEST = "it('adds', () => {\n  expect(total({ lines: [1] })).toBe(1);\n});\n";
const NEW_TEST = `${OLD_TEST}it('is none', () => {\n  expect(total({})).toBe(0);\n});\n`;

/** A small honest fix. */
export const CHANGES: readonly FileChange[] = [aChange(SOURCE, BASE, FIX), aChange(TEST, OLD_TEST, NEW_TEST)];

/** All lines of the source were run. */
const COVERED: readonly FileCoverage[] = [{ file: SOURCE, covered: [1, 2, 3], uncovered: [] }];

const FAULT = "TypeError: Cannot read properties of undefined (reading 'length')";

/** What tests say where all is well: the new one fails unless the fix is there, whole and unspoilt. */
export function honest({ tree }: Ask, whole: boolean): Outcomes {
  if (tree.tree === 'base' && whole) return { adds: 'passed' };
  if (tree.tree === 'fix') return { adds: 'passed', 'is none': 'passed' };
  return { adds: 'passed', 'is none': ['failed', FAULT] };
}

export interface Proved {
  readonly proof: Proof;
  readonly log: string;
  readonly asked: readonly Ask[];
  readonly failed: Check | undefined;
}

/** A proof over a scripted toolchain and workspace. */
export async function proveScripted(script: ProofScript): Promise<Proved> {
  const asked: Ask[] = [];
  const measured = script.coverage === undefined ? COVERED : script.coverage;
  let tree: Tree = { tree: 'base' };
  const run = (request: TestRequest): TestRun => {
    const before = asked.filter(
      (one) => one.tree.tree === tree.tree && isWhole(one) === isWhole({ request }),
    ).length;
    const ask = { tree, request, before };
    asked.push(ask);
    return runOf(script.says(ask, isWhole(ask)), request.coverage ? measured : null);
  };
  const input: ProofInput = {
    plan: {
      errorType: 'TypeError',
      fault: { message: null, trace: null, suspects: [] },
      limits,
      proof: { ...proofRules, reproduce: script.reproducer === undefined ? null : ['node', 'replay.js'] },
    },
    workspace: { checkout: async (wanted) => void (tree = wanted) },
    toolchain: {
      name: 'scripted',
      language: 'javascript',
      framework: null,
      isTest: (path) => path.endsWith('.test.js'),
      run: async (request) => run(request),
      command: async () => ({
        ...runOf({}, null),
        ok: script.reproducer?.(tree) ?? false,
        outputTail: 'Error: 500',
      }),
      rerun: (files) => ['run', ...files],
    },
    parser: treeSitterParser(),
    changes: script.changes ?? CHANGES,
    sandboxName: 'none',
    onStep: () => undefined,
    ...script.input,
  };
  const { proof, log } = await prove(input, script.signal ?? new AbortController().signal);
  return { proof, log, asked, failed: proof.checks.find(({ result }) => result === 'failed') };
}

function isWhole({ request }: Pick<Ask, 'request'>): boolean {
  return request.files.length === 0;
}

function runOf(outcomes: Outcomes, coverage: TestRun['coverage']): TestRun {
  const results = Object.entries(outcomes).map(([name, said]): TestResult => {
    const [outcome, message] = typeof said === 'string' ? [said, ''] : said;
    return { file: TEST, name, outcome, message };
  });
  const ok = results.every(({ outcome }) => outcome !== 'failed' && outcome !== 'errored');
  return { command: ['run'], ok, results, coverage, durationMs: 100, outputTail: '' };
}
