import { z } from 'zod';
import type { LineHits } from './line-hits.ts';
import { parseJson } from './parse-json.ts';

/** `coverage-final.json`: by absolute path, where each statement stands and how often it ran. */
const reportSchema = z.record(
  z.string(),
  z.object({
    path: z.string(),
    statementMap: z.record(z.string(), z.object({ start: z.object({ line: z.number() }) })),
    s: z.record(z.string(), z.number()),
  }),
);

/** Line hits of jest or vitest: a line counts where a statement begins. Null for what is no such report. */
export function istanbulHits(text: string | null): LineHits | null {
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return new Map(
    Object.values(parsed.data).map(({ path, statementMap, s }) => {
      const lines = new Map<number, number>();
      for (const [id, { start }] of Object.entries(statementMap))
        lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[id] ?? 0));
      return [path, lines] as const;
    }),
  );
}
