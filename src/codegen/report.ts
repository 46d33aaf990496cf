import type { Check, Fix, FixEnd, FixPlan, Proof, TestRef } from '../domain/fix.ts';
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
    proof: proofTable(fix.proof) + (fix.proof === null ? '' : `\n${knownText(fix.proof)}`),
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
  policy: 'Size, places and contents are within the policy',
  tamper: 'Nothing is weakened, skipped, hidden or hard-coded',
  baseline: 'The suite runs on the base',
  fails_before: 'The new test fails without the fix',
  passes_after: 'It passes with the fix, again and again',
  suite: 'The whole suite has no new failure',
  fails_reverted: 'It fails again with the source change taken back',
  coverage: 'The new tests run the changed lines',
  mutation: 'The new tests notice when the change is spoilt',
  monitoring: 'The signal is emitted when the fault is put back',
  replay: 'The reproducer fails before and passes after',
};

const RESULTS: Readonly<Record<Check['result'], string>> = {
  ok: 'yes',
  failed: '**no**',
  not_applicable: 'does not apply',
};

/** The proof as a Markdown table; a check that was not reached is shown as such. */
export function proofTable(proof: Proof | null): string {
  const rows = (Object.keys(CHECKS) as Check['name'][]).map((name) => {
    const check = proof?.checks.find((one) => one.name === name);
    const result = check === undefined ? 'not reached' : RESULTS[check.result];
    return `| ${CHECKS[name]} | ${result} | ${inlineText(check?.detail ?? '').replaceAll('|', '\\|')} |`;
  });
  return ['| check | result | detail |', '| --- | --- | --- |', ...rows].join('\n');
}

/** What stands beside the proof: tests that the base does not pass. Empty when it passes all. */
export function knownText({ knownFailures, flaky }: Pick<Proof, 'knownFailures' | 'flaky'>): string {
  const lines = [
    ...knownFailures.map((test) => `- fails on the base: ${testText(test)}`),
    ...flaky.map((test) => `- fails on the base now and then: ${testText(test)}`),
  ];
  return lines.length === 0 ? '' : ['', 'Not blamed on the fix, and not hidden:', '', ...lines].join('\n');
}

function testText({ file, name }: TestRef): string {
  return inlineText(`${file} > ${name}`);
}

/** Command lines a person can paste, from a checkout that has the branch. */
function rerunText(branch: string, proof: Proof): string {
  const tests = proof.rerun.map(shellWord).join(' ');
  return [
    '```sh',
    `vigilai verify ${branch}   # the whole proof, from nothing`,
    `git switch --detach ${branch} && ${tests}   # the new tests alone`,
    '```',
  ].join('\n');
}

export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
