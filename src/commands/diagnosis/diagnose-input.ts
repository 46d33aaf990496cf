import { contextToView } from '../../contract/context-view.ts';
import { diagnosisToView } from '../../contract/to-view.ts';
import { type DiagnosisPorts, diagnose, previewContext, previewPrompt } from '../../diagnosis/diagnose.ts';
import { passingBudget } from '../../diagnosis/ledger.ts';
import type { Anomaly } from '../../domain/anomaly.ts';
import { freshId } from '../../domain/ids.ts';
import type { House } from '../../ports/house.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import { clean, wrap } from '../../tui/text.ts';
import { createProgress } from '../anomaly/progress.ts';
import type { Context } from '../context.ts';
import type { DiagnoseFlags } from '../program-street.ts';
import { contextText } from './context-text.ts';
import { readPasted } from './pasted.ts';
import { printDiagnosis } from './print-diagnosis.ts';

/** `vigilai diagnose --input FILE|-`: what a pasted trace or log says, without a daemon and without a trace left behind. */
export async function diagnoseInput(context: Context, input: string, flags: DiagnoseFlags): Promise<number> {
  const { print } = context;
  const house = await context.house();
  const { anomaly, which, surroundings } = await readPasted(input, house);
  const ports = await portsOf(context, house, { flags, surroundings });
  if (flags.showPrompt === true) {
    const prompt = await previewPrompt(anomaly, ports);
    print.data({ ...prompt, goes_to: ports.model?.names ?? [] });
    print.line(prompt.system);
    print.line(prompt.prompt);
    return 0;
  }
  if (flags.showContext === true) {
    const plan = contextToView(await previewContext(anomaly, ports));
    print.data(plan);
    for (const line of contextText(plan, print.columns)) print.line(line);
    return 0;
  }
  const view = diagnosisToView(await diagnosed(context, anomaly, ports, flags));
  const title = wrap(clean(anomaly.title), print.columns).map((line) => print.paint('bold', line));
  await printDiagnosis(context, view, {
    head: [...title, print.paint('dim', `${input === '-' ? 'stdin' : input}: ${which}`), ''],
    command: commandAfter(input, ports),
    root: ports.repository?.root ?? null,
    markdown: flags.markdown === true,
  });
  return 0;
}

async function diagnosed(context: Context, anomaly: Anomaly, ports: DiagnosisPorts, flags: DiagnoseFlags) {
  const progress = await createProgress(context);
  try {
    return await diagnose(anomaly, ports, {
      id: freshId(),
      offline: flags.offline === true,
      signal: context.signal,
      progress: progress.step,
    });
  } finally {
    progress.end();
  }
}

/** Where no repository was looked at, naming one says more; else the daemon goes on from here. */
function commandAfter(input: string, { repository }: DiagnosisPorts): string | null {
  if (repository === null) return `vigilai diagnose --input ${input} --repo DIR`;
  return input === '-' ? null : `vigilai watch < ${input}`;
}

interface Asked {
  readonly flags: DiagnoseFlags;
  readonly surroundings: Surroundings;
}

async function portsOf(
  context: Context,
  house: House,
  { flags, surroundings }: Asked,
): Promise<DiagnosisPorts> {
  const { settings } = await context.place();
  const dir = flags.repo ?? context.program.cwd;
  const repository =
    flags.repo === undefined ? await house.repositoryAt(dir).catch(nothing) : await house.repositoryAt(dir);
  return {
    repository,
    syntax: house.syntax,
    model: flags.offline === true ? null : house.model,
    verifier: flags.offline === true ? null : house.verifier,
    patterns: await house.templates.patterns(),
    clock: house.clock,
    // No daemon, nothing is kept: one question within the cap of one anomaly.
    budget: passingBudget(settings.budget),
    surroundings,
    contextTokens: settings.diagnosis.contextTokens,
  };
}

/** Outside of a repository the trace alone is read. */
function nothing(): null {
  return null;
}
