import { z } from 'zod';
import type { ContextPlan } from '../domain/context-plan.ts';
import { iso, isoOf } from './iso.ts';

export const contextKindView = z.enum([
  'error',
  'log',
  'metric',
  'trace',
  'deploy',
  'commit',
  'code',
  'pattern',
  'past',
  'config',
]);

/** Which evidence a diagnosis would tell, within which budget of tokens, and which it would not. */
export const contextView = z.object({
  budget_tokens: z.number().int(),
  used_tokens: z.number().int(),
  items: z.array(
    z.object({
      id: z.string(),
      kind: contextKindView,
      title: z.string(),
      time: iso.nullable(),
      weight: z.number(),
      /** What it takes, and what it would take whole. */
      tokens: z.number().int(),
      whole_tokens: z.number().int(),
      fate: z.enum(['taken', 'shortened', 'left_out']),
      /** Why it is not told whole; empty where it is. */
      why: z.string(),
      text: z.string(),
    }),
  ),
});

export type ContextView = z.infer<typeof contextView>;

export function contextToView({ budget, used, items }: ContextPlan): ContextView {
  return {
    budget_tokens: budget,
    used_tokens: used,
    items: items.map(({ id, kind, title, time, weight, tokens, wholeTokens, fate, why, text }) => ({
      id,
      kind,
      title,
      time: time === null ? null : isoOf(time),
      weight: Math.round(weight * 1000) / 1000,
      tokens,
      whole_tokens: wholeTokens,
      fate,
      why,
      text,
    })),
  };
}
