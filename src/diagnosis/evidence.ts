import { z } from 'zod';
import type { Claim, ContextItem } from '../domain/diagnosis.ts';
import { type Redacted, redact } from '../domain/redact.ts';
import { carriersOf, isCarried, isShown, namesOccur } from './carried.ts';
import { isInert } from './inert.ts';

const answerSchema = z.object({
  root_cause: z.string().max(4000),
  suggested_fix: z.string().max(4000).default(''),
  claims: z
    .array(z.object({ text: z.string().max(1000), rests_on: z.array(z.string()).default([]) }))
    .max(20)
    .default([]),
});

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
  const { root_cause: rootCause, suggested_fix: suggestedFix, claims } = parsed.data;
  if (/^\W*(?:inconclusive\b|$)/i.test(rootCause)) return { kind: 'inconclusive' };
  const carried = claims.flatMap(({ text: said, rests_on: ids }) => {
    const cited = context.filter(({ id }) => ids.includes(id));
    const carriers = isInert(said) ? carriersOf(said, cited) : [];
    return carriers.length === 0 ? [] : [{ said, carriers }];
  });
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
    claims: carried.map(({ said, carriers }) => ({
      text: redact(said),
      restsOn: carriers.map(({ id }) => id),
      sure: 'likely',
    })),
    sure: carried.some(({ said, carriers }) => isShown(said, carriers)) ? 'confirmed' : 'likely',
    dropped: claims.length - carried.length,
  };
}

/** The JSON object of an answer, also out of a fence or of a sentence around it; null where there is none. */
function jsonOf(text: string): unknown {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return null; // the schema refuses it with a reason
  }
}
