import { join } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { folderOf, type Package } from '../package.ts';
import { parseLines } from '../reports/parse-json.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Runner } from '../runner.ts';
import { COVERAGE_PROGRAMS, coverageCommands, coverageOf } from './coverage.ts';
import type { Interpreter } from './interpreter.ts';
import { pythonPath } from './python-path.ts';
import { UNITTEST_PROGRAM } from './unittest-program.ts';

const line = z.object({
  file: z.string(),
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'errored', 'skipped']),
  message: z.string(),
});

/** The standard library's runner, driven by a program of ours that says a JSON line a test. */
export function unittest(pkg: Package, python: Interpreter): Runner {
  const folder = folderOf(pkg);
  const program = (scratch: string) => join(scratch, 'unittest_report.py');
  const report = (scratch: string) => join(scratch, 'unittest.jsonl');
  return {
    ...PLAIN,
    name: 'unittest',
    language: 'python',
    framework: 'unittest',
    package: pkg,
    programs: { ...COVERAGE_PROGRAMS, 'unittest_report.py': UNITTEST_PROGRAM },
    isTest: (path) => /(^|\/)(test[^/]*|[^/]*_test)\.py$/.test(path),
    commands({ files, only, coverage }, at) {
      const words = [program(at.scratch), report(at.scratch), only?.name ?? '', ...files];
      return coverageCommands(words, { python, coverage, at, env: { PYTHONPATH: pythonPath(pkg) }, folder });
    },
    async read({ coverage }, at) {
      const values = parseLines(await readReport(report(at.scratch)));
      const results = values.flatMap((value): TestResult[] => {
        const test = line.safeParse(value).data;
        return test === undefined ? [] : [test];
      });
      return { results, coverage: coverage ? await coverageOf(at, folder) : null };
    },
    foundNone: (ended) => ended.code === 0,
    rerun: (files) => ['python3', '-m', 'unittest', ...files],
  };
}
