import { VigilError } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import type { DiagnoseFlags } from '../program-street.ts';
import { contextText } from './context-text.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { followJob } from './follow-job.ts';
import { createProgress } from './progress.ts';

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
  return analyze(context, id, flags.offline === true);
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

async function analyze(context: Context, id: string, offline: boolean): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const progress = await createProgress(context);
  try {
    const { job_id, diagnosis_id } = await client.analyze({ anomaly_id: id, offline });
    await followJob(context, client, job_id, progress);
    const diagnosis = await client.showDiagnosis({ id: diagnosis_id });
    progress.end();
    print.data(diagnosis);
    for (const line of diagnosisText(diagnosis, print.columns)) print.line(line);
    return 0;
  } finally {
    progress.end();
  }
}
