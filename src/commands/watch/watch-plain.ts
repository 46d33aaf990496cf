import type { ChangeView, JobView, StatusView } from '../../contract/system-views.ts';
import type { AnomalyView, DiagnosisView } from '../../contract/views.ts';
import type { View } from '../../tui/live.tsx';
import type { Effect, Happening } from '../../tui/state.ts';
import { clean } from '../../tui/text.ts';
import { short, statusWords } from '../../tui/words.ts';
import type { Context } from '../context.ts';

/**
 * Changes as lines on stderr, so that a wrapped command's output stays alone on stdout. Under `--json` every change is
 * one line of JSON on stdout, and a wrapped command's output goes to stderr.
 */
export function plainView({ io, print }: Context, act: (effect: Effect) => void): View {
  const teller = createTeller();
  return {
    show(happening) {
      if (print.json) return tellJson(happening, io.stdout);
      for (const line of teller.linesOf(happening)) print.note(`vigilai: ${line}`);
      const wanted = diagnosisOf(happening);
      if (wanted !== null) act({ do: 'load-diagnosis', diagnosis: wanted });
    },
    output(text, to) {
      io[print.json ? 'stderr' : to].write(text);
    },
    close: () => Promise.resolve(),
  };
}

function tellJson(happening: Happening, stdout: NodeJS.WriteStream): void {
  if (happening.kind === 'change') stdout.write(`${JSON.stringify(happening.change)}\n`);
}

function diagnosisOf(happening: Happening): string | null {
  if (happening.kind !== 'change' || happening.change.kind !== 'anomaly') return null;
  const { change, anomaly } = happening.change;
  return change === 'moved' && anomaly.status === 'diagnosed' ? anomaly.diagnosis_id : null;
}

/** Remembers what was said, so that nothing is said twice. */
function createTeller() {
  const steps = new Map<string, string>();
  const sources = new Map<string, string>();
  return {
    linesOf(happening: Happening): readonly string[] {
      switch (happening.kind) {
        case 'change':
          return ofChange(happening.change);
        case 'diagnosis':
          return ofDiagnosis(happening.diagnosis);
        case 'listed':
          return ofListed(happening.anomalies);
        case 'note':
          return [clean(happening.text)];
        case 'key':
          return [];
      }
    },
  };

  function ofChange(change: ChangeView): readonly string[] {
    switch (change.kind) {
      case 'anomaly':
        return anomalyLines(change.change, change.anomaly);
      case 'job':
        return ofJob(change.job);
      case 'status':
        return ofStatus(change.status);
    }
  }

  function ofJob(job: JobView): readonly string[] {
    // A diagnosis is told by its result.
    if (job.kind === 'diagnose' && job.error === null) return [];
    const said = `${job.status} ${job.step}`;
    if (steps.get(job.job_id) === said) return [];
    steps.set(job.job_id, said);
    const error = job.error === null ? '' : `: ${clean(job.error.message)}`;
    return [`${short(job.subject)} ${job.kind} ${job.status}, ${clean(job.step)}${error}`];
  }

  function ofStatus({ sources: all }: StatusView): readonly string[] {
    return all.flatMap((source) => {
      const said = sourceWords(source);
      if (sources.get(source.name) === said) return [];
      sources.set(source.name, said);
      return [`${clean(source.name)} ${said}`];
    });
  }
}

/** What of a source is worth a line when it changes. */
function sourceWords({ state, events, last_error, training }: StatusView['sources'][number]): string {
  if (last_error !== null) return `${state}: ${clean(last_error)}`;
  if (events === 0) return 'is watched, no lines yet';
  return training.training > 0 ? 'is learning what is normal' : 'has learnt what is normal';
}

/** Diagnosing and diagnosed are told by the cause that follows. */
const QUIET: readonly AnomalyView['status'][] = ['diagnosing', 'diagnosed'];

type Changed = Extract<ChangeView, { kind: 'anomaly' }>['change'];

function anomalyLines(change: Changed, anomaly: AnomalyView): readonly string[] {
  const { id, severity, source, status, title, muted_until } = anomaly;
  if (change === 'returned') return [`! ${short(id)} is back in ${source}: ${clean(title)}`];
  if (change === 'opened') return [`! ${short(id)} ${severity} in ${source}: ${clean(title)}`];
  if (change === 'moved' && muted_until !== null) return [`${short(id)} is muted until ${muted_until}`];
  return change === 'joined' || QUIET.includes(status) ? [] : [`${short(id)} is ${statusWords(status)}`];
}

function ofDiagnosis({ anomaly_id, root_cause, suspects }: DiagnosisView): readonly string[] {
  const [suspect] = suspects;
  const place = suspect === undefined ? '' : ` (${suspect.file}:${suspect.line})`;
  return [`${short(anomaly_id)} cause: ${clean(root_cause)}${place}`];
}

function ofListed(anomalies: readonly AnomalyView[]): readonly string[] {
  const open = anomalies.filter(({ status }) => !['resolved', 'false_positive'].includes(status)).length;
  return open === 0 ? [] : [`${open} open before: \`vigilai anomalies list\``];
}
