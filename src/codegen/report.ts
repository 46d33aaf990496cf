import type { Check, Fix, FixEnd, FixPlan, Proof } from '../domain/fix.ts';
import { inlineText } from './escape.ts';
import { fill } from './fill.ts';

/** The readable report that is kept beside the branch, in every end. */
export function reportText(plan: FixPlan, fix: Fix, template: string): string {
  return fill(template, {
    title: inlineText(plan.title),
    anomaly_id: plan.anomalyId,
    diagnosis_id: plan.diagnosisId,
    outcome: outcomeText(fix.outcome),
    branch: plan.branch,
    base: `${plan.baseBranch} at ${plan.baseCommit.slice(0, 12)}`,
    engine: fix.recorded
      ? `${fix.engine} (recorded agent: a kept run was replayed, nothing was thought up)`
      : fix.engine,
    files:
      fix.files.length === 0
        ? 'none'
        : fix.files.map((file) => `- ${file.changeType} ${inlineText(file.path)}`).join('\n'),
    proof: proofTable(fix.proof),
    rerun: fix.proof === null ? 'nothing to re-run' : rerunText(fix.branch, fix.proof),
    sandbox: fix.proof?.sandbox ?? 'not used',
  });
}

function outcomeText(end: FixEnd): string {
  switch (end.end) {
    case 'proven':
      return `proven, staged as one commit (${end.commit.slice(0, 12)})`;
    case 'not_proven':
      return `not proven: ${inlineText(end.reason)}`;
    case 'no_change':
      return `no fix was written: ${inlineText(end.reason)}`;
    case 'refused':
      return `refused: ${inlineText(end.reason)}`;
    case 'agent_failed':
      return `the agent failed: ${inlineText(end.reason)}`;
    case 'cancelled':
      return 'cancelled';
    case 'budget':
      return 'the budget was spent';
  }
}

const CHECKS: Readonly<Record<Check['name'], string>> = {
  tamper: 'Existing tests were not weakened, skipped or deleted',
  baseline: 'The suite runs on the base',
  fails_before: 'The new test fails without the fix',
  passes_after: 'It passes with the fix, twice',
  suite: 'The whole suite passes with the fix',
  fails_reverted: 'It fails again with the source change taken back',
  coverage: 'Changed lines are covered',
  mutation: 'The new tests notice other changes of the same code',
  monitoring: 'The signal is emitted when the fault is put back',
  replay: 'The reproducer fails before and passes after',
};

/** The proof as a Markdown table; a check that was not reached is shown as such. */
export function proofTable(proof: Proof | null): string {
  const rows = (Object.keys(CHECKS) as Check['name'][]).map((name) => {
    const check = proof?.checks.find((one) => one.name === name);
    const result = check === undefined ? 'not reached' : check.ok ? 'yes' : '**no**';
    return `| ${CHECKS[name]} | ${result} | ${inlineText(check?.detail ?? '').replaceAll('|', '\\|')} |`;
  });
  return ['| check | result | detail |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Command lines a person can paste, from a checkout that has the branch. */
function rerunText(branch: string, proof: Proof): string {
  return ['```sh', `git switch --detach ${branch}`, proof.rerun.map(shellWord).join(' '), '```'].join('\n');
}

export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
