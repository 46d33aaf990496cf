import { z } from 'zod';

/** How the CLI itself said that the run ended. */
export interface Finished {
  readonly status: string | null;
  readonly stopReason: string | null;
}

/** One line of `--output-format stream-json`; text that is no JSON, and types that are not known, say nothing. */
export type StreamLine =
  | { readonly kind: 'update'; readonly update: unknown }
  | { readonly kind: 'finished'; readonly finished: Finished }
  | { readonly kind: 'other' };

export function readStreamLine(message: unknown): StreamLine {
  const parsed = line.safeParse(message);
  if (!parsed.success) return { kind: 'other' };
  const { type, data } = parsed.data;
  if (type === 'sessionUpdate') return { kind: 'update', update: data.update };
  if (type !== 'runFinished') return { kind: 'other' };
  return { kind: 'finished', finished: { status: data.status ?? null, stopReason: data.stopReason ?? null } };
}

const line = z.looseObject({
  type: z.string(),
  data: z.looseObject({
    update: z.unknown().optional(),
    status: z.string().nullish().catch(null),
    stopReason: z.string().nullish().catch(null),
  }),
});
