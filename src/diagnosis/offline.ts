import type { Anomaly } from '../domain/anomaly.ts';
import type { Claim, CodeLocation, ContextItem, Diagnosis } from '../domain/diagnosis.ts';
import { explain } from '../domain/explain.ts';
import { redact } from '../domain/redact.ts';
import { innermost } from '../domain/trace.ts';
import { isSamePlace, type Located, type Trail } from './locate/locate.ts';
import type { Known } from './patterns.ts';

/** What deterministic evidence alone says. Everything that a model may add to stands here already. */
export type OfflineFinding = Pick<
  Diagnosis,
  'verdict' | 'rootCause' | 'suggestedFix' | 'confidence' | 'sure' | 'claims' | 'affectedComponents'
>;

/** How far each trail is believed. Set by hand; below `TELLS_A_CAUSE` the places are shown, and nothing is claimed. */
const TRUST: Readonly<Record<Trail, number>> = {
  trace: 0.75,
  route: 0.7,
  message: 0.55,
  metric: 0.4,
  words: 0.3,
  nothing: 0.1,
};
/** A trace whose own file, line and function are there. */
const TRUST_EXACT = 0.95;
const TRUST_PATTERN = 0.85;
const TELLS_A_CAUSE = 0.5;

/** The diagnosis without any model: verdict, cause in words, what to do, and how sure the evidence makes us. */
export function offlineFinding(
  anomaly: Anomaly,
  located: Located,
  patterns: readonly Known[],
  context: readonly ContextItem[],
): OfflineFinding {
  const [known] = patterns;
  if (known?.verdict === 'no_code_cause') return outsideFinding(anomaly, known, context);
  const [suspect] = located.suspects;
  if (suspect === undefined || TRUST[located.by] < TELLS_A_CAUSE) return inconclusive(anomaly, suspect);
  const isExact = located.exact && suspect.excerpt !== null;
  const cause = [
    whatHappened(anomaly),
    ...whereToLook(suspect, located),
    ...(known === undefined ? [] : [known.cause]),
    ...whoChanged(located),
  ];
  return {
    verdict: 'cause',
    rootCause: redact(cause.join(' ')),
    suggestedFix: redact(known?.next ?? nextStep(anomaly, suspect, located.origin)),
    confidence: isExact ? TRUST_EXACT : TRUST[located.by],
    sure: isExact ? 'confirmed' : 'likely',
    claims: claimsOf(anomaly, located, patterns, context),
    affectedComponents: [...new Set(located.suspects.map(({ file }) => file))],
  };
}

function outsideFinding(anomaly: Anomaly, pattern: Known, context: readonly ContextItem[]): OfflineFinding {
  const witness = pattern.witness.trim().slice(0, 200);
  const text = redact(`The error says so: ${witness}`);
  return {
    verdict: 'no_code_cause',
    rootCause: redact(`${pattern.title}: ${sentence(witness)} ${pattern.cause}`),
    suggestedFix: redact(pattern.next),
    confidence: TRUST_PATTERN,
    sure: 'confirmed',
    claims: resting([{ text, restsOn: ['E1', ...idsOf([pattern], context)], sure: 'confirmed' }], context),
    affectedComponents: [anomaly.source],
  };
}

function inconclusive(anomaly: Anomaly, suspect: CodeLocation | undefined): OfflineFinding {
  const where =
    suspect === undefined
      ? 'Nothing in the repository could be tied to it.'
      : `${suspect.file}:${suspect.line} ${suspect.why}, which is no cause yet.`;
  return {
    verdict: 'inconclusive',
    rootCause: redact(`${whatHappened(anomaly)} ${where}`),
    suggestedFix: redact(
      'Look at the evidence; more context (a stack trace, the route, a log line) would help.',
    ),
    confidence: TRUST.nothing,
    sure: 'inconclusive',
    claims: [],
    affectedComponents: [anomaly.source],
  };
}

function whatHappened(anomaly: Anomaly): string {
  const { trace } = anomaly.sample;
  if (trace !== null) {
    const cause = innermost(trace);
    return sentence(`${cause.errorType}: ${firstLine(cause.message)}`);
  }
  const reading =
    anomaly.readings.find(({ evidence }) => evidence.kind === 'deviation') ?? anomaly.readings[0];
  if (reading === undefined || anomaly.kind === 'log') return sentence(anomaly.title);
  return sentence(`${anomaly.metricName ?? anomaly.title}: ${explain(reading.evidence)}`);
}

/** The place that the evidence names, and the best suspect where that is another: it is reached from there, no more. */
function whereToLook(suspect: CodeLocation, { origin, by }: Located): readonly string[] {
  if (origin === null || isSamePlace(suspect, origin)) return [whereIs(suspect, by)];
  return [whereIs(origin, by), `The best suspect is ${shownPlace(suspect)}, which ${suspect.why}.`];
}

function shownPlace({ file, line, symbol }: CodeLocation): string {
  return `${file}:${line}${symbol === null ? '' : ` (${symbol})`}`;
}

function whereIs(location: CodeLocation, by: Trail): string {
  const { why, excerpt } = location;
  const place = shownPlace(location);
  const code = excerpt
    ?.split('\n')
    .find((row) => row.startsWith('>'))
    ?.replace(/^>\s*\d+ \| /, '')
    .trim();
  const shown = code === undefined || code === '' ? '' : `: \`${code}\``;
  switch (by) {
    case 'trace':
      return `It was thrown at ${place}${shown}.`;
    case 'message':
      return `The message comes from ${place}${shown}. The cause lies there, or in what led there.`;
    case 'route':
    case 'metric':
    case 'words':
    case 'nothing':
      return `The best suspect is ${place}, which ${why}${shown}.`;
  }
}

function whoChanged({ commits }: Located): readonly string[] {
  const [commit] = commits;
  if (commit === undefined) return [];
  const day = new Date(commit.date).toISOString().slice(0, 10);
  return [`Commit ${commit.sha.slice(0, 10)} "${commit.subject}" (${commit.author}, ${day}) ${commit.why}.`];
}

/** A suspect that the evidence does not name itself has to be looked at, before anything is changed there. */
function nextStep(anomaly: Anomaly, suspect: CodeLocation, origin: CodeLocation | null): string {
  if (origin === null || isSamePlace(suspect, origin)) return fixOf(anomaly, suspect);
  return `Check ${shownPlace(suspect)} first: it ${suspect.why}. Then add a test with the input that led here.`;
}

function fixOf(anomaly: Anomaly, { file, line, symbol }: CodeLocation): string {
  const place = symbol === null ? `${file}:${line}` : `${symbol} in ${file}`;
  return anomaly.kind === 'metric'
    ? `Bring the work in ${place} back to its former cost, and add a test that holds it there.`
    : `Handle this case in ${place}, and add a test with the input that led here.`;
}

function claimsOf(
  anomaly: Anomaly,
  { suspects, commits }: Located,
  patterns: readonly Known[],
  context: readonly ContextItem[],
): readonly Claim[] {
  const claims = [
    { text: whatHappened(anomaly), restsOn: anomaly.kind === 'metric' ? ['M1', 'E1'] : ['E1'] },
    ...suspects.slice(0, 1).map((s) => ({ text: `${s.file}:${s.line}: ${s.why}.`, restsOn: ['E1', 'S1'] })),
    ...patterns.slice(0, 1).map((p) => ({ text: p.cause, restsOn: ['E1', ...idsOf([p], context)] })),
    ...commits.slice(0, 1).map((c) => ({ text: `Commit ${c.sha.slice(0, 10)} ${c.why}.`, restsOn: ['C1'] })),
  ];
  return resting(
    claims.map(({ text, restsOn }) => ({ text: redact(text), restsOn, sure: 'likely' as const })),
    context,
  );
}

/** The claims without ids that are not there, and those without any dropped. */
function resting(claims: readonly Claim[], context: readonly ContextItem[]): readonly Claim[] {
  const has = (id: string): boolean => context.some((item) => item.id === id);
  return claims
    .map((claim) => ({ ...claim, restsOn: claim.restsOn.filter(has) }))
    .filter(({ restsOn }) => restsOn.length > 0);
}

function idsOf(patterns: readonly Known[], context: readonly ContextItem[]): readonly string[] {
  const titles = patterns.map(({ title }) => title);
  return context.flatMap(({ kind, title, id }) => (kind === 'pattern' && titles.includes(title) ? [id] : []));
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
