import type { Parser } from '../../../ports/syntax-tree.ts';
import type { ChangeParts } from '../change-parts.ts';
import { changedCodeLines } from '../changed-lines.ts';
import { failed, ok, type ProofCase, type ProofInput, type Verdict } from '../proof-case.ts';
import { count } from '../words.ts';
import { literalsIn, onLines } from './hard-coded.ts';
import { sourceTampering } from './source.ts';
import { testTampering } from './tests.ts';

/** Does the change pass tests in any way but by repairing the code? Read from the change alone. */
export async function tamper({ input, parts }: ProofCase): Promise<Verdict> {
  const found = await tamperingIn(input, parts);
  if (found.length > 0) return failed(found.join('; '));
  return ok(
    `no existing test weakened, nothing hidden; ${count(parts.tests.length, 'test file')} new or added to`,
  );
}

/** All that was found, each with its file; empty when nothing. */
export async function tamperingIn(
  {
    changes,
    parser,
    plan,
  }: Pick<ProofInput, 'changes' | 'parser'> & {
    readonly plan: Pick<ProofInput['plan'], 'errorType'>;
  },
  parts: ChangeParts,
): Promise<readonly string[]> {
  const suspicion = {
    errorType: plan.errorType,
    literalsOfTests: await literalsOf(parts, parser),
    parser,
  };
  const found: string[] = [];
  for (const change of changes) {
    const what = parts.testLike.includes(change)
      ? await testTampering(change, parts.tests.includes(change), parser)
      : await sourceTampering(change, suspicion);
    if (what !== null) found.push(`${change.path}: ${what}`);
  }
  return found;
}

async function literalsOf({ tests }: ChangeParts, parser: Parser): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const change of tests) {
    const root = change.after === null ? null : await parser.parse(change.path, change.after);
    if (root === null) continue;
    for (const literal of literalsIn(root, onLines(changedCodeLines(change, root)))) found.add(literal);
  }
  return found;
}
