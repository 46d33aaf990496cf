import { join } from 'node:path';
import type { FileCoverage } from '../../../domain/fix.ts';
import { coveragePyHits } from '../reports/coverage-py.ts';
import { fileCoverage } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import type { Places, RunnerCommand } from '../runner.ts';
import type { Interpreter } from './interpreter.ts';

interface Measured {
  readonly python: Interpreter;
  readonly coverage: boolean;
  readonly at: Places;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** `words` are those after `python`. Without coverage.py they are run as they are. */
export function coverageCommands(
  words: readonly string[],
  { python, coverage, at, env, folder }: Measured,
): readonly [RunnerCommand, ...RunnerCommand[]] {
  if (!coverage || !python.has.includes('coverage')) return [{ argv: [python.path, ...words], env }];
  const data = `--data-file=${join(at.scratch, 'coverage.db')}`;
  // Its own settings, not the project's: no omitted file, no `pragma: no cover`, may hide a line.
  const settings = `--rcfile=${join(at.scratch, 'coveragerc')}`;
  const measure = [python.path, '-m', 'coverage', 'run', settings, data, `--source=${folder}`] as const;
  const convert = [python.path, '-m', 'coverage', 'json', '-q', '-i', settings, data] as const;
  return [
    { argv: [...measure, ...words], env },
    { argv: [...convert, '-o', reportIn(at)], env },
  ];
}

/** The settings that `coverageCommands` name. */
export const COVERAGE_PROGRAMS = { coveragerc: '[report]\nexclude_lines =\n    ^(?!)\n' };

/** Null when coverage.py is not installed, or measured nothing. */
export async function coverageOf(at: Places, folder: string): Promise<readonly FileCoverage[] | null> {
  const hits = coveragePyHits(await readReport(reportIn(at)));
  return hits === null ? null : fileCoverage(hits, folder);
}

function reportIn(at: Places): string {
  return join(at.scratch, 'coverage.json');
}
