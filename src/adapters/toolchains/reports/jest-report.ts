import { relative } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { parseJson } from './parse-json.ts';

/** The JSON report of jest, which vitest's `json` reporter writes too. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().catch(''),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type FileResult = z.infer<typeof reportSchema>['testResults'][number];

/** Results with files relative to `folder`. A file that could not be loaded is one result of that file's name. */
export function jestResults(report: string | null, folder: string): readonly TestResult[] {
  const parsed = reportSchema.safeParse(parseJson(report));
  return parsed.success ? parsed.data.testResults.flatMap((file) => fileResults(file, folder)) : [];
}

function fileResults(result: FileResult, folder: string): readonly TestResult[] {
  const file = relative(folder, result.name);
  const results = result.assertionResults.map((test) => ({
    file,
    name: [...test.ancestorTitles.filter((title) => title !== ''), test.title].join(' > '),
    outcome: outcomeOf(test.status),
    message: (test.failureMessages ?? []).join('\n').replace(ANSI, ''),
  }));
  const failed = result.status === 'failed' && !results.some((test) => test.outcome === 'failed');
  if (!failed) return results;
  return [...results, { file, name: file, outcome: 'errored', message: result.message.replace(ANSI, '') }];
}

function outcomeOf(status: string): TestResult['outcome'] {
  if (status === 'passed') return 'passed';
  return status === 'failed' ? 'failed' : 'skipped';
}

const ANSI = /\p{Cc}\[[0-9;]*m/gu;
