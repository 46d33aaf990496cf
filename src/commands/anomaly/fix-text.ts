import type { FixView, PlanView, ProofView } from '../../contract/views.ts';
import { clean, wrap } from '../../tui/text.ts';
import { short } from '../../tui/words.ts';
import type { Printer } from '../print.ts';

type Check = NonNullable<FixView['proof']>['checks'][number];

/** What each check asks, in a few words. */
export const CHECKS: Readonly<Record<Check['name'], string>> = {
  policy: 'size, places, contents',
  tamper: 'nothing weakened or hidden',
  baseline: 'tests run before the fix',
  fails_before: 'new test fails without it',
  passes_after: 'new test passes with it',
  suite: 'no new failure in the suite',
  fails_reverted: 'fails again without the fix',
  coverage: 'changed lines are run',
  mutation: 'a spoilt fix is noticed',
  monitoring: 'signal when the fault is back',
  replay: 'reproducer before and after',
};

/** A fix for people: how it ended, the proof, what changed, what to do next. */
export function fixText(fix: FixView, print: Printer): readonly string[] {
  const by = fix.recorded ? `${fix.engine} (a recorded agent run, replayed)` : fix.engine;
  return [
    `${print.paint('bold', heading(fix))}  written by ${by}`,
    ...(fix.reason === null ? [] : wrap(clean(fix.reason), Math.min(print.columns, 100) - 2, '  ')),
    ...proofLines(fix.proof, print),
    ...monitoringLines(fix),
    ...fix.files.map((file) => `  ${file.change_type.padEnd(7)} ${clean(file.path)}`),
  ];
}

function monitoringLines({ monitoring }: FixView): readonly string[] {
  if (monitoring === null) return [];
  const { signal, library, file, line } = monitoring;
  return [`  tells when it is back: ${clean(signal)} (${clean(library)}) at ${clean(file)}:${line}`];
}

function heading({ outcome, branch }: FixView): string {
  switch (outcome) {
    case 'proven':
      return `Fix proven: branch ${branch}`;
    case 'not_proven':
      return 'Fix not proven: nothing was staged';
    case 'no_change':
      return 'No fix: nothing was changed';
    case 'refused':
      return 'Fix refused';
    case 'agent_failed':
      return 'No fix: the agent failed';
    case 'cancelled':
      return 'Fix cancelled';
    case 'budget':
      return 'No fix: the budget is spent';
  }
}

/** The proof as a table for the terminal. */
export function proofLines(proof: ProofView | null, print: Printer): readonly string[] {
  if (proof === null) return [];
  const known = [...proof.known_failures, ...proof.flaky].map((test) => clean(`${test.file} > ${test.name}`));
  const checks = proof.checks.flatMap((check) => checkLines(check, print));
  const again = proof.rerun.length === 0 ? [] : [`  again: ${proof.rerun.map(clean).join(' ')}`];
  const unblamed = known.length === 0 ? [] : [`  not blamed: ${known.join(', ')}`];
  return [...checks, ...unblamed, `  with ${proof.toolchain}, sandbox: ${proof.sandbox}`, ...again];
}

/** Where the details of the checks begin. */
const DETAIL = ' '.repeat(33);

function markOf(result: Check['result'], print: Printer): string {
  switch (result) {
    case 'ok':
      return print.paint('green', '✔');
    case 'failed':
      return print.paint('red', '✘');
    case 'not_applicable':
      return print.paint('dim', '-');
  }
}

function checkLines({ name, result, detail }: Check, print: Printer): readonly string[] {
  const mark = markOf(result, print);
  const [first = '', ...more] = wrap(clean(detail), Math.min(print.columns, 110), DETAIL);
  return [`  ${mark} ${CHECKS[name].padEnd(28)} ${first.trimStart()}`, ...more];
}

/** What a person types after a fix. */
export function afterFix(fix: FixView, statePath: string): readonly string[] {
  if (fix.outcome !== 'proven') return [`next: patch and log are in ${statePath}/${fix.artefacts}`];
  return [
    `next: git diff ${fix.base_branch}...${fix.branch}`,
    `      vigilai verify ${fix.branch}`,
    `      vigilai fix ${short(fix.anomaly_id)} --open-pr`,
  ];
}

/** What `--dry-run` prints. */
export function planText(plan: PlanView, print: Printer): readonly string[] {
  const { limits, proof } = plan;
  return [
    print.paint('bold', clean(plan.title)),
    '',
    `branch   ${plan.branch}, from ${plan.base_branch} at ${short(plan.base_commit)}`,
    `limits   ${limits.max_files} files, ${limits.max_lines} lines, ${Math.round(limits.total_ms / 60_000)} minutes`,
    `proof    new tests ${proof.runs} times, ${Math.round(proof.min_coverage * 100)}% of changed lines${proof.reproduce === null ? '' : `, ${clean(proof.reproduce.join(' '))}`}`,
    ...(limits.protected_paths.length === 0 ? [] : [`closed   ${limits.protected_paths.join(', ')}`]),
    '',
    print.paint('dim', '--- what the agent is told'),
    plan.brief,
    print.paint('dim', '--- commit message'),
    plan.commit_message,
  ];
}
