import type { Anomaly } from '../domain/anomaly.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import type { FixPlan, FixRules } from '../domain/fix.ts';
import { shortId } from '../domain/ids.ts';
import { briefText } from './brief.ts';
import { plainText } from './escape.ts';
import { trailerOf } from './fault-trailer.ts';

export interface PlanInput {
  readonly anomaly: Anomaly;
  readonly diagnosis: Diagnosis;
  readonly base: { readonly commit: string; readonly branch: string };
  readonly rules: FixRules;
  /** Text of templates/brief.md. */
  readonly briefTemplate: string;
}

/**
 * From a cause to a plan: pure, so that `--dry-run` prints exactly what `applyFix` would do.
 * @throws VigilError `nothing_to_fix` when the cause is not in code, or no place in code is suspected.
 */
export function planFix(input: PlanInput): FixPlan {
  const { anomaly, diagnosis, base } = input;
  const { proof, monitoring, ...limits } = input.rules;
  const suspect = requireSuspect(anomaly, diagnosis);
  const title = titleOf(anomaly, suspect);
  return {
    anomalyId: anomaly.id,
    diagnosisId: diagnosis.id,
    branch: `vigilai/${slugOf(anomaly.title)}-${shortId(anomaly.id)}`,
    baseCommit: base.commit,
    baseBranch: base.branch,
    title,
    suspect,
    errorType: anomaly.sample.trace?.errorType ?? null,
    fault: {
      message: anomaly.kind === 'metric' ? null : anomaly.sample.text,
      trace: anomaly.sample.trace,
      suspects: diagnosis.suspects,
    },
    brief: briefText(input, title),
    limits,
    proof,
    monitoring,
    commitMessage: messageOf(title, anomaly, diagnosis),
  };
}

function requireSuspect(anomaly: Anomaly, diagnosis: Diagnosis): string {
  const what = `nothing to fix for anomaly ${shortId(anomaly.id)}`;
  if (diagnosis.verdict === 'no_code_cause') {
    throw new VigilError('nothing_to_fix', {
      what,
      why: 'the diagnosis says that the cause is not in the code',
    });
  }
  const suspect = diagnosis.suspects[0];
  if (suspect === undefined) {
    throw new VigilError('nothing_to_fix', { what, why: 'the diagnosis names no place in the code' });
  }
  return suspect.file;
}

/** Conventional commit subject, one line of at most 72 characters. */
function titleOf(anomaly: Anomaly, suspect: string): string {
  const where = ` (${suspect.split('/').at(-1) ?? suspect})`;
  const said = plainText(anomaly.title);
  const room = Math.max(20, 72 - 'fix: '.length - where.length);
  return `fix: ${said.length > room ? `${said.slice(0, room - 3).trimEnd()}...` : said}${where}`;
}

/** Lower-case words of the title, at most 40 characters; valid in a git ref and in a folder name. */
export function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'anomaly' : slug;
}

/** Trailers come last, so that `git interpret-trailers` finds them. */
function messageOf(title: string, anomaly: Anomaly, diagnosis: Diagnosis): string {
  const cause = plainText(diagnosis.rootCause).slice(0, 600);
  return [
    title,
    '',
    ...wrap(cause, 72),
    '',
    `VigilAI-Anomaly: ${anomaly.id}`,
    `VigilAI-Diagnosis: ${diagnosis.id}`,
    ...trailerOf(anomaly.sample.trace),
  ].join('\n');
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
