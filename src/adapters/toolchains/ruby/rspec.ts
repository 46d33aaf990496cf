import { join, posix } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { folderOf, type Package } from '../package.ts';
import { parseJson } from '../reports/parse-json.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import { type Gems, missingGems } from './bundle.ts';
import { COVERAGE_PROGRAMS, coverageOf, linesFile, measuring } from './coverage.ts';

/** RSpec with its own JSON report. */
export function rspec(pkg: Package, program: string, gems: Gems): Runner {
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'rspec',
    language: 'ruby',
    framework: 'rspec',
    package: pkg,
    programs: COVERAGE_PROGRAMS,
    readable: gems.readable,
    isTest: (path) => path.endsWith('_spec.rb'),
    commands({ files, only, coverage }, at) {
      const to = ['--no-color', '--format', 'json', '--out', reportIn(at), '--format', 'progress'];
      const alone = only === null ? [] : ['--example', only.name];
      const [first, ...before] = [...gems.exec, program];
      const words = [...before, ...measuring(at, coverage), ...to, ...alone, ...files];
      return [{ argv: [first, ...words], env: { ...gems.env, VIGILAI_LINES: linesFile(at) } }];
    },
    async read({ coverage }, at) {
      const results = rspecResults(await readReport(reportIn(at)));
      return { results, coverage: coverage ? await coverageOf(at, folder) : null };
    },
    foundNone: (ended) => ended.code === 0,
    missing: missingGems,
    rerun: (files) => [...(gems.exec.length > 0 ? ['bundle', 'exec'] : []), 'rspec', ...files],
  };
}

function reportIn(at: Places): string {
  return join(at.scratch, 'rspec.json');
}

const reportSchema = z.object({
  /** What went wrong outside of any example. */
  messages: z.array(z.string()).catch([]),
  examples: z.array(
    z.object({
      full_description: z.string(),
      status: z.string(),
      file_path: z.string(),
      exception: z
        .object({ class: z.string(), message: z.string(), backtrace: z.array(z.string()).nullable() })
        .optional(),
    }),
  ),
});
type Example = z.infer<typeof reportSchema>['examples'][number];

/** RSpec runs no example at all when one file cannot be loaded: then each of those files is an error. */
export function rspecResults(report: string | null): readonly TestResult[] {
  const parsed = reportSchema.safeParse(parseJson(report));
  if (!parsed.success) return [];
  const broken = parsed.data.messages.flatMap((message): TestResult[] => {
    const file = /error occurred while loading (\S+\.rb)/.exec(message)?.[1];
    if (file === undefined) return [];
    return [
      {
        file: posix.normalize(file),
        name: posix.normalize(file),
        outcome: 'errored',
        message: message.trim(),
      },
    ];
  });
  return [...broken, ...parsed.data.examples.map(resultOf)];
}

function resultOf({ full_description, status, file_path, exception }: Example): TestResult {
  const message = exception === undefined ? '' : `${exception.class}: ${exception.message.trim()}`;
  const places = (exception?.backtrace ?? []).filter((place) => !place.includes('/gems/')).slice(0, 10);
  return {
    file: posix.normalize(file_path),
    name: full_description,
    outcome: outcomeOf(status, exception?.backtrace ?? []),
    message: [message, ...places].join('\n').trim(),
  };
}

/** Methods of RSpec that stand on the stack while a hook runs, and not while an example does. */
const HOOKS = /\brun_(before|after)_(context_hooks|example)\b/;

function outcomeOf(status: string, backtrace: readonly string[]): TestResult['outcome'] {
  if (status === 'passed') return 'passed';
  if (status === 'pending') return 'skipped';
  return backtrace.some((place) => HOOKS.test(place)) ? 'errored' : 'failed';
}
