import type { Client } from '../../client/client.ts';
import type { AnomalyView, DiagnosisView, FixView } from '../../contract/views.ts';
import { VigilError } from '../../domain/errors.ts';
import type { DemoApp, House } from '../../ports/house.ts';
import { clean } from '../../tui/text.ts';
import { short } from '../../tui/words.ts';
import { exitOf } from '../anomaly/fix.ts';
import { fixText } from '../anomaly/fix-text.ts';
import { followJob } from '../anomaly/follow-job.ts';
import { createProgress, type Progress } from '../anomaly/progress.ts';
import type { Context } from '../context.ts';
import { demoContext, stopDemoDaemon } from './demo-place.ts';
import { sendTraffic } from './demo-traffic.ts';
import { untilLearnt, untilNoticed } from './demo-waits.ts';

export interface DemoFlags {
  readonly engine?: string;
  readonly keep?: boolean;
}

/** Where the two bugs of the sample are. */
const BUGS = [
  { kind: 'error', name: 'a crash on some requests', file: 'src/labels.js' },
  { kind: 'metric', name: 'a slow path after a commit', file: 'src/report.js' },
] as const;

/** `vigilai demo`: the whole way with the real parts, on a sample of its own. Exit 0 only if every step succeeded. */
export async function demo(context: Context, flags: DemoFlags): Promise<number> {
  const house = await context.house();
  const progress = await createProgress(context);
  const start = context.program.clock.now();
  progress.step('copying the sample service, committing its history, starting it');
  const app = await house.startDemo();
  const own = await demoContext(context, app, flags.engine ?? null);
  const stage: Stage = { context: own, app, house, progress, start, engine: flags.engine ?? 'repair' };
  try {
    return await play(stage, flags.keep === true);
  } finally {
    progress.end();
    await stopDemoDaemon(own);
    await (flags.keep === true ? app.stop() : app.remove());
    if (flags.keep === true) context.print.note(`kept: ${app.folder}`);
  }
}

interface Stage {
  readonly context: Context;
  readonly app: DemoApp;
  readonly house: House;
  readonly progress: Progress;
  readonly start: number;
  readonly engine: string;
}

async function play(stage: Stage, keep: boolean): Promise<number> {
  const { context, app } = stage;
  tell(stage, `A sample service runs in ${app.root}: its own repository, tests that pass, and two bugs.`);
  const client = await context.client();
  tell(stage, `Its daemon reads ${app.logFile}. Ordinary traffic first, to learn what is normal.`);
  const found = await notice(stage, client);
  const diagnoses = await Promise.all(found.map((one) => tellDiagnosis(stage, client, one)));
  const fix = await fixCrash(stage, client, found[0]);
  const right = diagnoses.every((diagnosis, at) => diagnosis.suspects[0]?.file === BUGS[at]?.file);
  const seconds = Math.round((context.program.clock.now() - stage.start) / 100) / 10;
  const done = right && fix.outcome === 'proven';
  context.print.data({
    ok: done,
    seconds,
    anomalies: found,
    diagnoses,
    fix,
    folder: keep ? app.folder : null,
  });
  tell(stage, `${done ? 'Done' : 'Not all of it worked'}, in ${seconds} s.`);
  if (done) tellNext(stage, keep);
  if (!right)
    throw new Error('the demo was diagnosed to the wrong file; run it again with --keep to look at it');
  return exitOf(fix.outcome);
}

/** Traffic until both bugs are noticed and diagnosed, by the ordinary rules. */
async function notice(stage: Stage, client: Client): Promise<readonly [AnomalyView, AnomalyView]> {
  const { context, app, progress } = stage;
  const { clock } = context.program;
  const stop = new AbortController();
  const traffic = sendTraffic(app, clock, AbortSignal.any([stop.signal, context.signal]));
  try {
    await untilLearnt({ client, clock, signal: context.signal, step: progress.step });
    tell(
      stage,
      'Learnt. Now somebody prints a label for a pick-up order, and the accountant asks for the whole year.',
    );
    traffic.orderPickUps();
    traffic.askForTheYear();
    return await untilNoticed({ client, clock, signal: context.signal, step: progress.step });
  } finally {
    stop.abort();
    await traffic.ended;
  }
}

async function tellDiagnosis(stage: Stage, client: Client, anomaly: AnomalyView): Promise<DiagnosisView> {
  const { print } = stage.context;
  const diagnosis = await client.showDiagnosis({ id: anomaly.diagnosis_id ?? '' });
  const [suspect] = diagnosis.suspects;
  const [commit] = diagnosis.suspect_commits;
  tell(stage, `Noticed (${anomaly.confidence.toFixed(4)}): ${clean(anomaly.title)}`);
  if (suspect !== undefined) {
    print.line(
      `         at ${print.paint('bold', `${suspect.file}:${suspect.line}`)}  ${clean(suspect.why)}`,
    );
  }
  if (commit !== undefined) {
    print.line(`         since ${short(commit.sha)} "${clean(commit.subject)}" (${clean(commit.author)})`);
  }
  return diagnosis;
}

async function fixCrash(stage: Stage, client: Client, crash: AnomalyView): Promise<FixView> {
  const { context, progress, engine } = stage;
  tell(stage, `The crash is fixed by ${writerOf(engine)}.`);
  const { job_id, fix_id } = await client.generate({ anomaly_id: crash.id, engine });
  await followJob(context, client, job_id, progress);
  progress.end();
  const fix = await client.showFix({ id: fix_id });
  for (const line of fixText(fix, context.print)) context.print.line(`         ${line}`);
  if (fix.outcome === 'proven') await showBranch(stage, fix.branch);
  return fix;
}

function writerOf(engine: string): string {
  switch (engine) {
    case 'repair':
      return 'the built-in repairs, which need no model and no agent. A repair is a proposal; the proof decides';
    case 'recorded':
      return 'a recorded agent: a run that was recorded before, replayed over the same protocol. Everything else is real';
    default:
      return `the agent "${engine}"`;
  }
}

async function showBranch({ context, app, house }: Stage, branch: string): Promise<void> {
  const argv = ['git', '-C', app.root, 'log', '--oneline', '--no-color', '-2', branch] as const;
  let log = '';
  const git = house.wrap([...argv], (text) => {
    log += text;
  });
  if ((await git.exit) !== 0)
    throw new VigilError('not_proven', { what: `the branch ${branch} is not there` });
  context.print.line(`         git log ${branch}`);
  for (const line of log.trim().split('\n')) context.print.line(`           ${clean(line)}`);
}

/** One step of the story, with the seconds since its start. */
function tell({ context, progress, start }: Stage, text: string): void {
  progress.end();
  const { print, program } = context;
  const seconds = Math.round((program.clock.now() - start) / 1000);
  print.line(`${print.paint('dim', `${String(seconds).padStart(4)} s`)}   ${text}`);
}

function tellNext({ context, app }: Stage, keep: boolean): void {
  const { print } = context;
  if (keep) print.line(`next: cd ${app.root} && git log --stat -1 'vigilai/*'`);
  print.line('next: in your own project, run `vigilai watch -- npm start`');
}
