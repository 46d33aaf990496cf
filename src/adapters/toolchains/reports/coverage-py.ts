import { z } from 'zod';
import type { LineHits } from './line-hits.ts';
import { parseJson } from './parse-json.ts';

/** What `coverage json` writes. */
const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({ executed_lines: z.array(z.number()), missing_lines: z.array(z.number()) }),
  ),
});

/** Null for what is no such report. */
export function coveragePyHits(text: string | null): LineHits | null {
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return new Map(
    Object.entries(parsed.data.files).map(([file, { executed_lines, missing_lines }]) => {
      const missing = missing_lines.map((line) => [line, 0] as const);
      return [file, new Map([...missing, ...executed_lines.map((line) => [line, 1] as const)])] as const;
    }),
  );
}
