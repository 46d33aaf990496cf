import { z } from 'zod';
import type { Claim, ContextItem } from '../domain/diagnosis.ts';
import { type Redacted, redact } from '../domain/redact.ts';
import type { AnswerForm } from '../ports/model.ts';
import { carriersOf, isCarried, isShown, namesOccur } from './carried.ts';
import { isInert } from './inert.ts';
import type { Said } from './verdict/said.ts';

const claimsSchema = z
  .array(z.object({ text: z.string().max(1000), rests_on: z.array(z.string()).default([]) }))
  .max(20)
  .default([]);

const answerSchema = z.object({
  root_cause: z.string().max(4000),
  suggested_fix: z.string().max(4000).default(''),
  claims: claimsSchema,
  hypotheses: z
    .array(z.object({ text: z.string().max(1000), for: claimsSchema, against: claimsSchema }))
    .max(10)
    .default([]),
});

const CLAIMS_FORM = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['text', 'rests_on'],
    properties: { text: { type: 'string' }, rests_on: { type: 'array', items: { type: 'string' } } },
  },
};

/** The same in the JSON Schema that providers hold a model to, which knows no defaults. */
export const ANSWER_FORM: AnswerForm = {
  name: 'diagnosis',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['root_cause', 'suggested_fix', 'claims', 'hypotheses'],
    properties: {
      root_cause: { type: 'string' },
      suggested_fix: { type: 'string' },
      claims: CLAIMS_FORM,
      hypotheses: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['text', 'for', 'against'],
          properties: { text: { type: 'string' }, for: CLAIMS_FORM, against: CLAIMS_FORM },
        },
      },
    },
  },
};

/** What is wrong with the form of an answer, in words for the model that gave it; null when it is right. */
export function flawOf(text: string): string | null {
  const parsed = answerSchema.safeParse(jsonOf(text));
  return parsed.success ? null : z.prettifyError(parsed.error);
}

/** What is left of a model's answer when everything that the evidence does not carry is dropped. */
export type Checked =
  | {
      readonly kind: 'explained';
      readonly rootCause: Redacted;
      /** Empty when the answer suggests nothing, or something that the evidence does not carry. */
      readonly suggestedFix: Redacted;
      readonly claims: readonly Claim[];
      readonly hypotheses: readonly Said[];
      /** `confirmed` where an item that a claim rests on holds the mechanism itself. */
      readonly sure: 'confirmed' | 'likely';
      /** Claims that were dropped. */
      readonly dropped: number;
    }
  | { readonly kind: 'inconclusive' }
  | { readonly kind: 'dropped'; readonly why: string };

/**
 * Checks an answer against the evidence: the items that a claim cites must carry it (carried.ts says when they do), and no
 * text may ask for anything (inert.ts).
 */
export function checkAnswer(text: string, context: readonly ContextItem[]): Checked {
  const parsed = answerSchema.safeParse(jsonOf(text));
  if (!parsed.success) return { kind: 'dropped', why: 'the answer was not of the form that was asked for' };
  const { root_cause: rootCause, suggested_fix: suggestedFix, claims, hypotheses } = parsed.data;
  if (/^\W*(?:inconclusive\b|$)/i.test(rootCause)) return { kind: 'inconclusive' };
  const carried = claims.flatMap((claim) => carriedClaim(claim, context));
  if (carried.length === 0) return { kind: 'dropped', why: 'no claim of the answer rests on the evidence' };
  if (!namesOccur(rootCause, context)) {
    return { kind: 'dropped', why: 'the answer names what is not in the evidence' };
  }
  if (!isCarried(rootCause, context)) {
    return { kind: 'dropped', why: 'the evidence does not speak of its cause' };
  }
  if (!isInert(rootCause)) return { kind: 'dropped', why: 'the answer asks for something' };
  return {
    kind: 'explained',
    rootCause: redact(rootCause),
    suggestedFix: redact(isInert(suggestedFix) && namesOccur(suggestedFix, context) ? suggestedFix : ''),
    claims: carried.map(({ claim }) => claim),
    hypotheses: hypotheses.flatMap((one) => carriedHypothesis(one, context)),
    sure: carried.some(({ claim, carriers }) => isShown(claim.text, carriers)) ? 'confirmed' : 'likely',
    dropped: claims.length - carried.length,
  };
}

interface Carried {
  readonly claim: Claim;
  readonly carriers: readonly ContextItem[];
}

type SaidClaim = z.output<typeof claimsSchema>[number];

/** What a model says is likely at most, however well the items show it. */
function carriedClaim(
  { text, rests_on: ids }: SaidClaim,
  context: readonly ContextItem[],
): readonly Carried[] {
  const cited = context.filter(({ id }) => ids.includes(id));
  const carriers = isInert(text) ? carriersOf(text, cited) : [];
  if (carriers.length === 0) return [];
  const restsOn = carriers.map(({ id }) => id);
  return [{ claim: { text: redact(text), restsOn, sure: 'likely' }, carriers }];
}

/** One that its own evidence speaks of; what does not carry it is dropped from both sides. */
function carriedHypothesis(
  said: z.output<typeof answerSchema>['hypotheses'][number],
  context: readonly ContextItem[],
): readonly Said[] {
  const grounds = said.for.flatMap((claim) => carriedClaim(claim, context));
  const doubts = said.against.flatMap((claim) => carriedClaim(claim, context));
  const carriers = grounds.flatMap((one) => one.carriers);
  if (!isInert(said.text) || !isCarried(said.text, carriers)) return [];
  const claims = (some: readonly Carried[]) => some.map(({ claim }) => claim);
  return [{ text: redact(said.text), for: claims(grounds), against: claims(doubts) }];
}

/** The JSON object of an answer, also out of a fence or of a sentence around it; null where there is none. */
export function jsonOf(text: string): unknown {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return null; // the schema refuses it with a reason
  }
}
