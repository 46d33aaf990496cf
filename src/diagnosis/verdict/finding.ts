import type { Claim, CodeLocation, Diagnosis } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Known } from '../patterns.ts';
import { claimOf } from './ground.ts';
import { type Weighed, weigh } from './hypotheses.ts';
import { TELLS_A_CAUSE, type Weighing } from './weighing.ts';
import { nextStep, sentence, shortly, whatHappened, whereToLook, whoChanged } from './wording.ts';

/** What deterministic evidence alone says. Everything that a model may add to stands here already. */
export type OfflineFinding = Pick<
  Diagnosis,
  | 'verdict'
  | 'rootCause'
  | 'suggestedFix'
  | 'confidence'
  | 'sure'
  | 'claims'
  | 'hypotheses'
  | 'affectedComponents'
>;

/** The diagnosis without any model: verdict, cause in words, what to do, and how sure the evidence makes us. */
export function offlineFinding(weighing: Weighing): OfflineFinding {
  const { located, known } = weighing;
  const [pattern] = known;
  const [suspect] = located.suspects;
  if (pattern?.verdict === 'no_code_cause') return outsideFinding(pattern, weighing);
  const isTold = suspect !== undefined && TELLS_A_CAUSE.has(located.by);
  const weighed = weigh(weighing, isTold);
  if (!isTold || weighed.sure === 'inconclusive') return inconclusive(suspect, weighed, weighing);
  return codeFinding(suspect, weighed, weighing);
}

function codeFinding(suspect: CodeLocation, weighed: Weighed, weighing: Weighing): OfflineFinding {
  const { anomaly, located, known } = weighing;
  const [pattern] = known;
  const cause = [
    whatHappened(anomaly),
    ...whereToLook(suspect, located),
    ...(pattern === undefined ? [] : [pattern.cause]),
    ...whoChanged(located),
  ];
  return {
    ...verdictOf(weighed),
    verdict: 'cause',
    rootCause: redact(cause.join(' ')),
    suggestedFix: redact(pattern?.next ?? nextStep(anomaly, suspect, located.origin)),
    claims: [...happened(weighing), ...weighed.grounds, ...knownAs(pattern, weighing), ...written(weighing)],
    affectedComponents: [...new Set(located.suspects.map(({ file }) => file))],
  };
}

function outsideFinding(pattern: Known, weighing: Weighing): OfflineFinding {
  const weighed = weigh(weighing, true);
  return {
    ...verdictOf(weighed),
    verdict: 'no_code_cause',
    rootCause: redact(`${pattern.title}: ${sentence(shortly(pattern.witness))} ${pattern.cause}`),
    suggestedFix: redact(pattern.next),
    claims: weighed.grounds,
    affectedComponents: [weighing.anomaly.source],
  };
}

function inconclusive(
  suspect: CodeLocation | undefined,
  weighed: Weighed,
  weighing: Weighing,
): OfflineFinding {
  const where =
    suspect === undefined
      ? 'Nothing in the repository could be tied to it.'
      : `${suspect.file}:${suspect.line} ${suspect.why}, which is no cause yet.`;
  return {
    ...verdictOf(weighed),
    verdict: 'inconclusive',
    rootCause: redact(`${whatHappened(weighing.anomaly)} ${where}`),
    suggestedFix: redact(
      'Look at the evidence; more context (a stack trace, the route, a log line) would help.',
    ),
    claims: [],
    affectedComponents: [weighing.anomaly.source],
  };
}

function verdictOf({ sure, confidence, hypotheses }: Weighed): Omit<Weighed, 'grounds'> {
  return { sure, confidence, hypotheses };
}

function happened({ anomaly, cite, context }: Weighing): readonly Claim[] {
  const text = whatHappened(anomaly);
  const restsOn = [...(anomaly.kind === 'metric' ? cite.measured : []), ...cite.event];
  return kept({ text, restsOn, shown: [{ words: text, by: cite.event }] }, context);
}

function knownAs(pattern: Known | undefined, { cite, context }: Weighing): readonly Claim[] {
  if (pattern === undefined) return [];
  const restsOn = [...cite.event, ...cite.pattern(pattern)];
  return kept({ text: pattern.cause, restsOn, shown: [] }, context);
}

/** Who wrote what is suspected, however long ago. */
function written({ located, cite, context }: Weighing): readonly Claim[] {
  const [commit] = located.commits;
  if (commit === undefined) return [];
  const sha = commit.sha.slice(0, 10);
  const restsOn = cite.commit(commit);
  const shown = [{ words: commit.why, by: restsOn }];
  return kept({ text: `Commit ${sha} ${commit.why}.`, restsOn, shown }, context);
}

function kept(ground: Parameters<typeof claimOf>[0], context: Weighing['context']): readonly Claim[] {
  const claim = claimOf(ground, context);
  return claim === null ? [] : [claim];
}
