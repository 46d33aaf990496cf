import { VigilError } from '../domain/errors.ts';
import type { Check, FixRules, Proof } from '../domain/fix.ts';
import type { Parser } from '../ports/syntax-tree.ts';
import type { Toolchains } from '../ports/toolchain.ts';
import type { FileChange, Proposal, Proposals } from '../ports/workspace.ts';
import { faultIn } from './fault-trailer.ts';
import { isTestLike } from './proof/change-parts.ts';
import { prove } from './proof/prove.ts';
import { languageOfFile } from './source-language.ts';

export interface VerifyPorts {
  readonly proposals: Proposals;
  readonly toolchains: Toolchains;
  readonly parser: Parser;
  readonly sandboxName: string;
  readonly rules: FixRules;
  readonly onStep: (check: Check['name']) => void;
}

export interface Verification {
  readonly proposal: Pick<Proposal, 'name' | 'baseCommit' | 'commit'>;
  readonly proof: Proof;
  readonly log: string;
}

/**
 * The whole proof again, from nothing: a new workspace with the commit that the branch leaves its base at, and what the
 * branch changes. Nothing is believed but the commits; which error counts stands in their trailer.
 * @throws VigilError `unknown_id`, `no_repository`, `bad_input` for a branch without changes, `tool_missing`, `cancelled`.
 */
export async function verify(name: string, ports: VerifyPorts, signal: AbortSignal): Promise<Verification> {
  const proposal = await ports.proposals.open(name);
  try {
    return await verifyOpened(proposal, ports, signal);
  } finally {
    await proposal.workspace.dispose();
  }
}

async function verifyOpened(
  proposal: Proposal,
  ports: VerifyPorts,
  signal: AbortSignal,
): Promise<Verification> {
  const { workspace, changes, messages } = proposal;
  if (changes.length === 0) {
    throw new VigilError('bad_input', {
      what: `${proposal.name} changes nothing`,
      hint: 'Name a branch that has commits of its own.',
    });
  }
  const toolchain = await ports.toolchains.detect(workspace.path, suspectOf(changes));
  if (toolchain === null) {
    throw new VigilError('tool_missing', { what: 'no test runner was recognised, so nothing can be proven' });
  }
  const { proof: rules, ...limits } = ports.rules;
  const { parser, sandboxName, onStep } = ports;
  const plan = { ...faultIn(messages), limits, proof: rules };
  const proven = await prove({ plan, workspace, toolchain, parser, changes, sandboxName, onStep }, signal);
  return { proposal, ...proven };
}

/** A source file of the change: it picks the package whose tests are run. */
function suspectOf(changes: readonly FileChange[]): string | null {
  const paths = changes.map(({ path }) => path).filter((path) => languageOfFile(path) !== null);
  return paths.find((path) => !isTestLike(path, looksLikeTest)) ?? paths[0] ?? null;
}

function looksLikeTest(path: string): boolean {
  return /(^|[./_])(test|spec)[./_]|(Test|Tests|IT)\.java$/.test(path);
}
