import type { Client } from '../../client/client.ts';
import type { AnomalyView } from '../../contract/views.ts';
import { VigilError } from '../../domain/errors.ts';
import { clean, wrap } from '../../tui/text.ts';
import { followJob } from '../anomaly/follow-job.ts';
import { createProgress } from '../anomaly/progress.ts';
import type { Context } from '../context.ts';
import type { Printer } from '../print.ts';
import type { DiagnoseFlags } from '../program-street.ts';
import { contextText } from './context-text.ts';
import { nextCommand } from './next-command.ts';
import { printDiagnosis } from './print-diagnosis.ts';

/** `vigilai diagnose <id>`, or `--input` without a daemon. */
export async function diagnose(context: Context, id: string | null, flags: DiagnoseFlags): Promise<number> {
  if (flags.input !== undefined) {
    if (id !== null) throw new VigilError('usage', { what: 'give either an id or --input, not both' });
    const { diagnoseInput } = await import('./diagnose-input.ts');
    return diagnoseInput(context, flags.input, flags);
  }
  if (id === null) {
    throw new VigilError('usage', {
      what: 'no anomaly is named',
      hint: 'Try `vigilai diagnose last`, or `vigilai diagnose --input FILE`.',
    });
  }
  if (flags.showPrompt === true) return showPrompt(context, id);
  if (flags.showContext === true) return showContext(context, id);
  return analyze(context, id, flags);
}

async function showPrompt(context: Context, id: string): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const prompt = await client.prompt({ anomaly_id: id });
  print.data(prompt);
  print.line(print.paint('dim', `--- would go to: ${prompt.goes_to.join(', ') || 'nobody (offline)'}`));
  print.line(print.paint('dim', '--- system'));
  print.line(prompt.system);
  print.line(print.paint('dim', '--- prompt'));
  print.line(prompt.prompt);
  return 0;
}

async function showContext(context: Context, id: string): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const plan = await client.context({ anomaly_id: id });
  print.data(plan);
  for (const line of contextText(plan, print.columns)) print.line(line);
  return 0;
}

async function analyze(context: Context, id: string, flags: DiagnoseFlags): Promise<number> {
  const client = await context.client();
  const view = await diagnosed(context, client, id, flags.offline === true);
  const anomaly = await client.showAnomaly({ id: view.anomaly_id });
  await printDiagnosis(context, view, {
    head: [...headOf(anomaly, context.print), ''],
    command: nextCommand(view),
    root: (await context.place()).paths.root,
    markdown: flags.markdown === true,
  });
  return 0;
}

async function diagnosed(context: Context, client: Client, id: string, offline: boolean) {
  const progress = await createProgress(context);
  try {
    const { job_id, diagnosis_id } = await client.analyze({ anomaly_id: id, offline });
    await followJob(context, client, job_id, progress);
    return await client.showDiagnosis({ id: diagnosis_id });
  } finally {
    progress.end();
  }
}

/** What it is about, and when it was seen. */
function headOf(anomaly: AnomalyView, { columns, paint }: Printer): readonly string[] {
  const { title, occurrences, first_seen: first, last_seen: last, source } = anomaly;
  const times = occurrences === 1 ? 'once' : `${occurrences} times`;
  const when = first === last ? `at ${first}` : `from ${first} to ${last}`;
  return [
    ...wrap(clean(title), columns).map((line) => paint('bold', line)),
    ...wrap(`seen ${times} in ${clean(source)}, ${when}`, columns).map((line) => paint('dim', line)),
  ];
}
