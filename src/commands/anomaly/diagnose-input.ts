import { diagnosisToView } from '../../contract/to-view.ts';
import { type DiagnosisPorts, diagnose, previewPrompt } from '../../diagnosis/diagnose.ts';
import { passingBudget } from '../../diagnosis/ledger.ts';
import type { Anomaly, AnomalyFacts } from '../../domain/anomaly.ts';
import type { SourceRecord } from '../../domain/event.ts';
import { freshId } from '../../domain/ids.ts';
import { USUAL } from '../../pipeline/options.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import type { House } from '../../ports/house.ts';
import type { Context } from '../context.ts';
import type { DiagnoseFlags } from '../program-street.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { lineAnomaly, reportAnomaly } from './pasted-anomaly.ts';

/** `vigilai diagnose --input FILE|-`: what a pasted trace or log says, without a daemon and without a trace left behind. */
export async function diagnoseInput(context: Context, input: string, flags: DiagnoseFlags): Promise<number> {
  const { print, signal } = context;
  const house = await context.house();
  const anomaly = await mostTelling(input, house);
  const ports = await portsOf(context, house, flags);
  if (flags.showPrompt === true) {
    const prompt = await previewPrompt(anomaly, ports);
    print.data({ ...prompt, goes_to: ports.model?.names ?? [] });
    print.line(prompt.system);
    print.line(prompt.prompt);
    return 0;
  }
  const found = await diagnose(anomaly, ports, { id: freshId(), offline: flags.offline === true, signal });
  const view = diagnosisToView(found);
  print.data(view);
  print.line(anomaly.title);
  for (const line of diagnosisText(view, print.columns)) print.line(line);
  return 0;
}

/** A report of tests or of a notebook says what failed; of anything else, what the pipeline would open for it. */
async function mostTelling(input: string, house: House): Promise<Anomaly> {
  const pipeline = createPipeline({ ...USUAL, source: 'input' });
  const opened: AnomalyFacts[] = [];
  const last: string[] = [];
  const take = ({ sightings }: ReturnType<typeof pipeline.push>): void => {
    for (const sighting of sightings) if (sighting.kind === 'opened') opened.push(sighting.facts);
  };
  for await (const batch of house.readToEnd(input)) {
    take(pipeline.push(batch));
    last.push(...batch.records.map(textOf));
    if (last.length > 2 * MOST_LINES) last.splice(0, last.length - MOST_LINES);
  }
  take(pipeline.advance(Number.MAX_SAFE_INTEGER));
  const report = reportAnomaly(input, last);
  if (report !== null) return report;
  const rank = (facts: AnomalyFacts): number => (facts.kind === 'error' ? 2 : 0) + facts.confidence;
  const best = opened.toSorted((a, b) => rank(b) - rank(a))[0];
  return best === undefined ? lineAnomaly(input, last) : { ...best, status: 'detected' };
}

/** The end of a report is kept. */
const MOST_LINES = 20_000;

function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  if (record.type === 'line') return record.text;
  return record.type === 'metric' ? '' : record.data.message;
}

async function portsOf(context: Context, house: House, flags: DiagnoseFlags): Promise<DiagnosisPorts> {
  const { settings } = await context.place();
  const dir = flags.repo ?? context.program.cwd;
  const repository =
    flags.repo === undefined ? await house.repositoryAt(dir).catch(nothing) : await house.repositoryAt(dir);
  return {
    repository,
    syntax: house.syntax,
    model: flags.offline === true ? null : house.model,
    patterns: await house.templates.patterns(),
    clock: house.clock,
    // No daemon, nothing is kept: one question within the cap of one anomaly.
    budget: passingBudget(settings.budget),
  };
}

/** Outside of a repository the trace alone is read. */
function nothing(): null {
  return null;
}
