import type { Anomaly } from '../domain/anomaly.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Fix } from '../domain/fix.ts';
import { type Redacted, redact } from '../domain/redact.ts';
import { fenced, inlineText, plainText } from './escape.ts';
import { fill } from './fill.ts';
import { monitoringText } from './instrument/monitoring-text.ts';
import { knownText, proofTable, shellWord } from './report.ts';

export interface PullInput {
  readonly anomaly: Anomaly;
  readonly diagnosis: Diagnosis;
  readonly fix: Fix;
  /** Text of templates/pull-request.md. */
  readonly template: string;
}

const MAX_TITLE = 100;
const MAX_SAMPLE = 2_000;

/**
 * Title and body of the pull request. Whatever telemetry, code or a model wrote is escaped or fenced: it can mention
 * nobody, close no issue and draw nothing.
 */
export function pullText(input: PullInput): { readonly title: string; readonly body: Redacted } {
  const { anomaly, diagnosis, fix, template } = input;
  const body = fill(template, {
    marker: `<!-- vigilai:${anomaly.id} -->`,
    recorded: fix.recorded
      ? '> **Recorded agent.** This change comes from a kept agent run that was replayed; the proof below is real.\n'
      : '',
    anomaly: inlineText(anomaly.title),
    anomaly_id: anomaly.id,
    facts: factsText(anomaly),
    sample: fenced(anomaly.sample.text.slice(0, MAX_SAMPLE)),
    cause: causeText(diagnosis),
    sure: `${diagnosis.sure}, confidence ${diagnosis.confidence.toFixed(2)}, by ${inlineText(diagnosis.aiModel)}`,
    claims: claimsText(diagnosis),
    suspects: suspectsText(diagnosis),
    files: fix.files.map((file) => `- ${file.changeType} ${inlineText(file.path)}`).join('\n'),
    engine: inlineText(fix.engine) + (fix.recorded ? ' (recorded agent)' : ''),
    monitoring: monitoringText(fix.monitoring),
    proof: proofTable(fix.proof) + (fix.proof === null ? '' : `\n${knownText(fix.proof)}`),
    rerun: rerunFromRemote(fix),
    toolchain: inlineText(fix.proof?.toolchain ?? 'none'),
    sandbox: inlineText(fix.proof?.sandbox ?? 'none'),
    base: `${inlineText(fix.baseBranch)} at ${fix.baseCommit.slice(0, 12)}`,
  });
  return { title: titleOf(anomaly, diagnosis), body: redact(body) };
}

/** A model's words stand in a quotation that says whose they are: they tell, and ask nobody for anything. */
function causeText({ rootCause, aiModel }: Diagnosis): string {
  const said = inlineText(rootCause);
  return aiModel === 'offline'
    ? said
    : `> ${said}\n\nThe words above are a model's, checked against the evidence.`;
}

function titleOf(anomaly: Anomaly, diagnosis: Diagnosis): string {
  const file = diagnosis.suspects[0]?.file.split('/').at(-1);
  const said = redact(plainText(anomaly.title));
  const title = `fix: ${said}${file === undefined ? '' : ` (${file})`}`;
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 3).trimEnd()}...` : title;
}

function factsText(anomaly: Anomaly): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Source', anomaly.source],
    ['Severity', anomaly.severity],
    ['Seen', `${anomaly.occurrences} times, ${isoTime(anomaly.firstSeen)} to ${isoTime(anomaly.lastSeen)}`],
    ['Confidence', `${anomaly.confidence.toFixed(4)} by ${anomaly.detectionAlgorithms.join(', ')}`],
    ...metricFacts(anomaly),
  ];
  return facts.map(([name, value]) => `- ${name}: ${inlineText(value)}`).join('\n');
}

function metricFacts(anomaly: Anomaly): readonly (readonly [string, string])[] {
  if (anomaly.metricName === null || anomaly.metricValue === null) return [];
  const usual = anomaly.expectedRange === null ? '' : `, usually ${anomaly.expectedRange.join(' to ')}`;
  return [['Metric', `${anomaly.metricName} = ${anomaly.metricValue}${usual}`]];
}

function claimsText(diagnosis: Diagnosis): string {
  const titles = new Map(diagnosis.context.map((item) => [item.id, item.title]));
  const lines = diagnosis.claims.map((claim) => {
    const rests = claim.restsOn.map((id) => `${id} ${titles.get(id) ?? ''}`.trim()).join('; ');
    return `- ${inlineText(claim.text)} (rests on: ${inlineText(rests)})`;
  });
  return lines.length === 0
    ? '- The stack and the history of the suspected lines; see below.'
    : lines.join('\n');
}

function suspectsText(diagnosis: Diagnosis): string {
  const places = diagnosis.suspects
    .slice(0, 3)
    .map((place) => `- ${inlineText(`${place.file}:${place.line}`)}: ${inlineText(place.why)}`);
  const commits = diagnosis.suspectCommits
    .slice(0, 3)
    .map(
      (commit) =>
        `- commit ${commit.sha.slice(0, 12)} "${inlineText(commit.subject)}": ${inlineText(commit.why)}`,
    );
  return [...places, ...commits].join('\n');
}

function rerunFromRemote(fix: Fix): string {
  if (fix.proof === null) return '';
  const branch = shellWord(fix.branch);
  return [
    '```sh',
    `git fetch origin ${branch}`,
    `npx vigilai verify origin/${branch}   # the whole proof, from nothing`,
    `git switch --detach FETCH_HEAD && ${fix.proof.rerun.map(shellWord).join(' ')}   # the new tests alone`,
    '```',
  ].join('\n');
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
