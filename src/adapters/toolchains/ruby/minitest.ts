import { globSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { folderOf, type Package } from '../package.ts';
import { parseLines } from '../reports/parse-json.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import { type Gems, missingGems } from './bundle.ts';
import { COVERAGE_PROGRAMS, coverageOf, linesFile, measuring } from './coverage.ts';
import { MINITEST_PROGRAM } from './minitest-program.ts';

const line = z.object({
  file: z.string(),
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'errored', 'skipped']),
  message: z.string(),
});

/** Minitest, driven by a program of ours that says a JSON line a test. */
export function minitest(pkg: Package, ruby: string, gems: Gems): Runner {
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'minitest',
    language: 'ruby',
    framework: 'minitest',
    package: pkg,
    programs: { ...COVERAGE_PROGRAMS, 'minitest_report.rb': MINITEST_PROGRAM },
    readable: gems.readable,
    isTest: (path) => /(^|\/)(test_[^/]*|[^/]*_test)\.rb$/.test(path),
    commands({ files, only, coverage }, at) {
      const words = [
        ...measuring(at, coverage),
        '-I',
        'lib',
        '-I',
        'test',
        join(at.scratch, 'minitest_report.rb'),
      ];
      const [program, ...before] = [...gems.exec, ruby];
      const wanted = files.length > 0 ? files : testFiles(folder);
      const to = {
        VIGILAI_REPORT: reportIn(at),
        VIGILAI_LINES: linesFile(at),
        VIGILAI_ONLY: only?.name ?? '',
      };
      return [{ argv: [program, ...before, ...words, ...wanted], env: { ...gems.env, ...to } }];
    },
    async read({ coverage }, at) {
      const results = parseLines(await readReport(reportIn(at))).flatMap((value): TestResult[] => {
        const test = line.safeParse(value).data;
        return test === undefined ? [] : [test];
      });
      return { results, coverage: coverage ? await coverageOf(at, folder) : null };
    },
    foundNone: (ended) => ended.code === 0,
    missing: missingGems,
    rerun(files) {
      const exec = gems.exec.length > 0 ? ['bundle', 'exec'] : [];
      const loads = files.slice(0, -1).flatMap((file) => ['-r', `./${file}`]);
      return [...exec, 'ruby', '-I', 'lib', '-I', 'test', ...loads, ...files.slice(-1)];
    },
  };
}

function reportIn(at: Places): string {
  return join(at.scratch, 'minitest.jsonl');
}

function testFiles(folder: string): readonly string[] {
  return globSync('test/**/{*_test,test_*}.rb', { cwd: folder }).sort();
}
