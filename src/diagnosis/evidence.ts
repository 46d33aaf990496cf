import { z } from 'zod';
import type { Claim, ContextItem } from '../domain/diagnosis.ts';
import { type Redacted, redact } from '../domain/redact.ts';

const answerSchema = z.object({
  root_cause: z.string().max(4000),
  suggested_fix: z.string().max(4000).default(''),
  claims: z
    .array(z.object({ text: z.string().max(1000), rests_on: z.array(z.string()).default([]) }))
    .max(20)
    .default([]),
});

/** What is left of a model's answer when everything that the evidence does not carry is dropped. */
export type Checked =
  | {
      readonly kind: 'explained';
      readonly rootCause: Redacted;
      readonly suggestedFix: Redacted;
      readonly claims: readonly Claim[];
    }
  | { readonly kind: 'inconclusive' }
  | { readonly kind: 'dropped'; readonly why: string };

/** `src/pay.ts`, `app/models/user.rb:12`. */
const FILES = /[\w@./-]+\.(?:[cm]?[jt]sx?|py|go|java|rb|vue|json|ya?ml)\b/g;

/** Checks an answer against the evidence: a claim needs an id that exists, and every file it names must occur there. */
export function checkAnswer(text: string, context: readonly ContextItem[]): Checked {
  const parsed = answerSchema.safeParse(jsonOf(text));
  if (!parsed.success) return { kind: 'dropped', why: 'the answer was not of the form that was asked for' };
  const { root_cause: rootCause, suggested_fix: suggestedFix, claims } = parsed.data;
  if (/^\s*inconclusive\b/i.test(rootCause)) return { kind: 'inconclusive' };
  const byId = new Map(context.map((item) => [item.id, item]));
  const carried = claims
    .map((claim) => ({ text: redact(claim.text), restsOn: claim.rests_on.filter((id) => byId.has(id)) }))
    .filter(
      ({ text: said, restsOn }) =>
        restsOn.length > 0 &&
        occurs(
          said,
          restsOn.flatMap((id) => byId.get(id) ?? []),
        ),
    );
  if (carried.length === 0) return { kind: 'dropped', why: 'no claim of the answer rests on the evidence' };
  if (!occurs(`${rootCause} ${suggestedFix}`, context)) {
    return { kind: 'dropped', why: 'the answer names a file that is not in the evidence' };
  }
  return {
    kind: 'explained',
    rootCause: redact(rootCause),
    suggestedFix: redact(suggestedFix),
    claims: carried,
  };
}

/** Every file that `text` names stands in the items. */
function occurs(text: string, items: readonly ContextItem[]): boolean {
  const shown = items.map((item) => `${item.title}\n${item.text}`).join('\n');
  return [...text.matchAll(FILES)].every(([file]) => shown.includes(file));
}

function jsonOf(text: string): unknown {
  const body = text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '');
  try {
    return JSON.parse(body);
  } catch {
    return null; // the schema refuses it with a reason
  }
}
