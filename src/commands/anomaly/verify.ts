import { type Verification, verify as verifyProposal } from '../../codegen/verify.ts';
import { verificationToView } from '../../contract/to-view.ts';
import { ERRORS } from '../../domain/errors.ts';
import { clean } from '../../tui/text.ts';
import type { Context } from '../context.ts';
import type { Printer } from '../print.ts';
import { CHECKS, proofLines } from './fix-text.ts';
import { createProgress } from './progress.ts';

export interface VerifyFlags {
  readonly log?: string;
}

/** `vigilai verify <branch|pr|fix id>`: the whole proof again, without a daemon. Ends with 0 when it holds, with 7 when not. */
export async function verify(context: Context, name: string, flags: VerifyFlags): Promise<number> {
  const { print, signal } = context;
  const house = await context.house();
  const progress = await createProgress(context);
  const { proposals, parser, sandboxName, fixRules: rules } = house;
  const onStep = (check: keyof typeof CHECKS) => progress.step(`proof: ${CHECKS[check]}`);
  const ports = { proposals, parser, sandboxName, rules, onStep, toolchains: house.toolchains() };
  try {
    const verified = await verifyProposal((await house.branchOfFix(name)) ?? name, ports, signal);
    if (flags.log !== undefined) await house.writeText(flags.log, whole(verified.log));
    progress.end();
    print.data(verificationToView(verified));
    for (const line of verificationText(verified, print)) print.line(line);
    return verified.proof.proven ? 0 : ERRORS.not_proven.exit;
  } finally {
    progress.end();
  }
}

function verificationText({ proposal, proof }: Verification, print: Printer): readonly string[] {
  const says = proof.proven ? 'The proof holds' : 'The proof does not hold';
  const where = `${clean(proposal.name)} at ${proposal.commit.slice(0, 12)}, on ${proposal.baseCommit.slice(0, 12)}`;
  const { proof: view } = verificationToView({ proposal, proof });
  return [`${print.paint('bold', says)}: ${where}`, ...proofLines(view, print)];
}

async function* whole(text: string): AsyncIterable<string> {
  yield `${text}\n`;
}
