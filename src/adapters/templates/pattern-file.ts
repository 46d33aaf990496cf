import { z } from 'zod';
import type { Pattern } from '../../ports/templates.ts';

/** A regular expression, or several of which one has to be found. */
const condition = z.union([
  z.string(),
  z.strictObject({ any: z.array(z.string()).min(2) }).transform(({ any }) => `(?:${any.join('|')})`),
]);

/** A text, with the code that it was thrown at where the pattern asks for some. */
const example = z.union([
  z.string().transform((said) => ({ said, code: '' })),
  z.strictObject({ said: z.string(), code: z.string() }),
]);
const texts = z.array(example).min(1);

const patternSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  match: z.array(condition).min(1),
  unless: z.array(z.string()).default([]),
  code: z.string().exactOptional(),
  verdict: z.enum(['cause', 'no_code_cause']),
  cause: z.string(),
  next: z.string(),
  /** Texts that it recognises and that it does not: read by the tests. */
  examples: texts,
  counter_examples: texts,
});

/** What a file of `templates/patterns` holds. */
export const patternFileSchema = z.array(patternSchema) satisfies z.ZodType<readonly Pattern[]>;

export type PatternInFile = z.output<typeof patternSchema>;
