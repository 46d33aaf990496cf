import type { Anomaly } from '../domain/anomaly.ts';
import type { Claim, CodeLocation, ContextItem, Diagnosis } from '../domain/diagnosis.ts';
import { type Redacted, redact } from '../domain/redact.ts';
import type { StackTrace } from '../domain/trace.ts';
import type { Pattern } from '../ports/templates.ts';
import { evidenceText } from './context.ts';
import type { Located } from './locate/locate.ts';

/** What deterministic evidence alone says. Everything that a model may add to stands here already. */
export type OfflineFinding = Pick<
  Diagnosis,
  'verdict' | 'rootCause' | 'suggestedFix' | 'confidence' | 'sure' | 'claims' | 'affectedComponents'
>;

/** How sure each trail makes us, before a model has said a word: measured on nothing yet, so kept modest. */
const TRUST = { trace: 0.9, route: 0.7, message: 0.65, metric: 0.4, nothing: 0.1 } as const;

export function offlineFinding(
  anomaly: Anomaly,
  located: Located,
  patterns: readonly Pattern[],
  context: readonly ContextItem[],
): OfflineFinding {
  const outside = patterns.find(({ verdict }) => verdict === 'no_code_cause');
  if (outside !== undefined) return outsideFinding(anomaly, outside, context);
  const [suspect] = located.suspects;
  if (suspect === undefined) return inconclusive(anomaly);
  const known = patterns.find(({ verdict }) => verdict === 'cause');
  const confirmed = located.by === 'trace' && suspect.excerpt !== null;
  return {
    verdict: 'cause',
    rootCause: redact(`${whatHappened(anomaly)} ${whereIs(anomaly, suspect)}${lastChange(located)}`),
    suggestedFix: redact(known?.next ?? fixOf(anomaly, suspect)),
    confidence: TRUST[located.by],
    sure: confirmed ? 'confirmed' : 'likely',
    claims: claimsOf(anomaly, located, context),
    affectedComponents: [...new Set(located.suspects.map(({ file }) => file))],
  };
}

function outsideFinding(anomaly: Anomaly, pattern: Pattern, context: readonly ContextItem[]): OfflineFinding {
  const item = context.find(({ kind, title }) => kind === 'pattern' && title === pattern.title);
  return {
    verdict: 'no_code_cause',
    rootCause: redact(`${pattern.title}. ${pattern.cause}`),
    suggestedFix: redact(pattern.next),
    confidence: 0.85,
    sure: 'confirmed',
    claims: [
      {
        text: redact(`The error says so: ${firstLine(anomaly.sample.text)}`),
        restsOn: ['E1', ...(item === undefined ? [] : [item.id])],
      },
    ],
    affectedComponents: [anomaly.source],
  };
}

function inconclusive(anomaly: Anomaly): OfflineFinding {
  return {
    verdict: 'inconclusive',
    rootCause: redact(`${whatHappened(anomaly)} Nothing in the repository could be tied to it.`),
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
    return `${cause.errorType}: ${firstLine(cause.message)}.`;
  }
  const [reading] = anomaly.readings;
  const name = anomaly.metricName === null ? anomaly.title : anomaly.metricName;
  return reading === undefined ? `${anomaly.title}.` : `${name}: ${evidenceText(reading.evidence)}.`;
}

function whereIs(anomaly: Anomaly, { file, line, symbol, why, excerpt }: CodeLocation): string {
  const place = `${file}:${line}${symbol === null ? '' : ` (${symbol})`}`;
  const code = excerpt
    ?.split('\n')
    .find((row) => row.startsWith('>'))
    ?.replace(/^>\s*\d+ \| /, '')
    .trim();
  const shown = code === undefined || code === '' ? '' : ` \`${code}\``;
  return anomaly.sample.trace === null
    ? `The best suspect is ${place}: ${why}.${shown}`
    : `It was thrown at ${place}:${shown}.`;
}

function lastChange({ commits }: Located): string {
  const [commit] = commits;
  if (commit === undefined) return '';
  return ` Last changed by ${commit.author} in ${commit.sha.slice(0, 10)} "${commit.subject}" (${new Date(commit.date).toISOString().slice(0, 10)}).`;
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
  context: readonly ContextItem[],
): readonly Claim[] {
  const has = (id: string): boolean => context.some((item) => item.id === id);
  const claims: { readonly text: Redacted; readonly restsOn: readonly string[] }[] = [
    { text: redact(whatHappened(anomaly)), restsOn: [anomaly.kind === 'metric' ? 'M1' : 'E1'] },
    ...suspects
      .slice(0, 1)
      .map((s) => ({ text: redact(`${s.file}:${s.line}: ${s.why}.`), restsOn: ['E1', 'S1'] })),
    ...commits
      .slice(0, 1)
      .map((c) => ({ text: redact(`Commit ${c.sha.slice(0, 10)} ${c.why}.`), restsOn: ['C1'] })),
  ];
  return claims
    .map((claim) => ({ ...claim, restsOn: claim.restsOn.filter(has) }))
    .filter(({ restsOn }) => restsOn.length > 0);
}

function innermost(trace: StackTrace): StackTrace {
  return trace.cause === null ? trace : innermost(trace.cause);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
