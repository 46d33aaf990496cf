import { z } from 'zod';
import type { LineHits } from './line-hits.ts';
import { parseJson } from './parse-json.ts';

/** `.resultset.json`: by suite and absolute path, how often each line ran; null for one without code. */
const reportSchema = z.record(
  z.string(),
  z.object({ coverage: z.record(z.string(), z.object({ lines: z.array(z.number().nullable()) })) }),
);

/** Null for what is no such report. */
export function simplecovHits(text: string | null): LineHits | null {
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const files = Object.values(parsed.data).flatMap((suite) => Object.entries(suite.coverage));
  return new Map(files.map(([file, { lines }]) => [file, counted(lines)] as const));
}

function counted(lines: readonly (number | null)[]): ReadonlyMap<number, number> {
  const found = lines.flatMap((count, index) => (count === null ? [] : [[index + 1, count] as const]));
  return new Map(found);
}
