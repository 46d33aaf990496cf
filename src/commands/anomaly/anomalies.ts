import type { Client } from '../../client/client.ts';
import {
  type AnomalyView,
  anomalyStatusView,
  type DiagnosisView,
  type FixView,
} from '../../contract/views.ts';
import { VigilError } from '../../domain/errors.ts';
import { short, statusWords } from '../../tui/words.ts';
import type { Context } from '../context.ts';
import { shownLines } from '../diagnosis/print-diagnosis.ts';
import type { ListFlags } from '../program-street.ts';
import { anomalyTable, anomalyText } from './anomaly-text.ts';
import { fixText } from './fix-text.ts';

const CLOSED: readonly AnomalyView['status'][] = ['resolved', 'false_positive'];
/** The API's largest page; closed ones are left out on this side. */
const PAGE = 500;

/** `vigilai anomalies list`. */
export async function listAnomalies(context: Context, flags: ListFlags): Promise<number> {
  const { print, program } = context;
  const status = flags.status === undefined ? null : statusOf(flags.status);
  const client = await context.client();
  const page = await client.listAnomalies({
    limit: flags.all === true || status !== null ? flags.limit : PAGE,
    ...(status !== null && { status }),
    ...(flags.source !== undefined && { source: flags.source }),
  });
  const wanted = page.items.filter(
    (item) => flags.all === true || status !== null || !CLOSED.includes(item.status),
  );
  const items = wanted.slice(0, flags.limit);
  print.data({ items, next: page.next });
  if (items.length > 0) for (const line of anomalyTable(items, print, program.clock.now())) print.line(line);
  else print.line(nothing(flags, page.items.length));
  if (page.next !== null || wanted.length > items.length)
    print.line(print.paint('dim', 'there are more: --limit, --source, --status'));
  return 0;
}

function statusOf(text: string): AnomalyView['status'] {
  const parsed = anomalyStatusView.safeParse(text.replaceAll('-', '_').replaceAll(' ', '_'));
  if (parsed.success) return parsed.data;
  throw new VigilError('usage', {
    what: `${JSON.stringify(text)} is not a status`,
    hint: `One of: ${anomalyStatusView.options.join(', ')}.`,
  });
}

function nothing(flags: ListFlags, closed: number): string {
  if (flags.status !== undefined || flags.source !== undefined) return 'No such anomaly.';
  return closed > 0 ? `No open anomaly (${closed} closed: --all).` : 'No anomaly so far.';
}

/** `vigilai anomalies show <id>`: with its diagnosis and fix, as far as they exist. */
export async function showAnomaly(context: Context, id: string): Promise<number> {
  const { print, program } = context;
  const client = await context.client();
  const anomaly = await client.showAnomaly({ id });
  const { diagnosis, fix } = await makingsOf(anomaly, client);
  print.data({ ...anomaly, diagnosis, fix });
  for (const line of anomalyText(anomaly, print, program.clock.now())) print.line(line);
  if (diagnosis !== null) {
    const { root } = (await context.place()).paths;
    for (const line of ['', ...shownLines(context, diagnosis, root)]) print.line(line);
  }
  if (fix !== null) for (const line of ['', ...fixText(fix, print)]) print.line(line);
  print.line();
  print.line(`next: ${nextStep(anomaly)}`);
  return 0;
}

interface Makings {
  readonly diagnosis: DiagnosisView | null;
  readonly fix: FixView | null;
}

async function makingsOf(anomaly: AnomalyView, client: Client): Promise<Makings> {
  const [diagnosis, fix] = await Promise.all([
    anomaly.diagnosis_id === null ? null : client.showDiagnosis({ id: anomaly.diagnosis_id }),
    anomaly.fix_id === null ? null : client.showFix({ id: anomaly.fix_id }),
  ]);
  return { diagnosis, fix };
}

/** What a person would type next. */
export function nextStep({ id, status }: AnomalyView): string {
  switch (status) {
    case 'detected':
    case 'diagnosing':
      return `vigilai diagnose ${short(id)}`;
    case 'diagnosed':
    case 'failed':
      return `vigilai fix ${short(id)}`;
    case 'fixing':
      return 'vigilai watch shows how it goes';
    case 'fix_ready':
      return `vigilai fix ${short(id)} --open-pr`;
    case 'pr_created':
      return 'review the pull request';
    case 'resolved':
    case 'false_positive':
      return 'nothing; it is closed';
  }
}

/** `vigilai anomalies mute <id>`: for so many minutes; 0 lets it speak again. */
export async function muteAnomaly(context: Context, id: string, minutes: number): Promise<number> {
  const client = await context.client();
  const anomaly = await client.muteAnomaly({ id, minutes });
  context.print.data(anomaly);
  const until = anomaly.muted_until === null ? 'speaks again' : `is muted until ${anomaly.muted_until}`;
  context.print.line(`${short(anomaly.id)} ${until}.`);
  return 0;
}

/** `vigilai anomalies resolve|dismiss <id>`. */
export async function closeAnomaly(
  context: Context,
  id: string,
  as: 'resolved' | 'false_positive',
): Promise<number> {
  const client = await context.client();
  const anomaly = await client.closeAnomaly({ id, as });
  context.print.data(anomaly);
  context.print.line(`${short(anomaly.id)} is ${statusWords(anomaly.status)}.`);
  return 0;
}
