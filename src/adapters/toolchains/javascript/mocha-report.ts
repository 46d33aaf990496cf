import { isAbsolute, relative } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { parseLines } from '../reports/parse-json.ts';
import { NESTED } from './full-name.ts';

/** A reporter for mocha 6 and newer: one JSON line a test, so that a run that is killed has said what it knew. */
export const MOCHA_REPORTER = `const { appendFileSync } = require('node:fs');
module.exports = class {
  constructor(runner, { reporterOptions: { to } }) {
    const say = (outcome, test, error) => appendFileSync(to, JSON.stringify({
      outcome, file: test.file ?? test.parent?.file ?? '', titles: test.titlePath(),
      message: String(error?.stack ?? error?.message ?? error ?? ''),
    }) + '\\n');
    runner.on('pass', (test) => say('passed', test));
    runner.on('pending', (test) => say('skipped', test));
    runner.on('fail', (test, error) => say(test.type === 'hook' ? 'errored' : 'failed', test, error));
  }
};
`;

const line = z.object({
  outcome: z.enum(['passed', 'failed', 'errored', 'skipped']),
  file: z.string(),
  titles: z.array(z.string()),
  message: z.string(),
});

/** Results of the report, files relative to `folder`. */
export function mochaResults(report: string | null, folder: string): readonly TestResult[] {
  return parseLines(report)
    .flatMap((value) => line.safeParse(value).data ?? [])
    .map(({ outcome, file, titles, message }) => ({
      file: isAbsolute(file) ? relative(folder, file) : file,
      name: titles.join(NESTED),
      outcome,
      message,
    }));
}
