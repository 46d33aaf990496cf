import { join } from 'node:path';
import type { FileCoverage } from '../../../domain/fix.ts';
import { fileCoverage } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { simplecovHits } from '../reports/simplecov.ts';
import type { Places } from '../runner.ts';
import { LINE_COUNTER } from './line-counter.ts';

export const COVERAGE_PROGRAMS = { 'line_counter.rb': LINE_COUNTER };

/** Words for `ruby` or `rspec`: both load a file by `-r`. */
export function measuring(at: Places, coverage: boolean): readonly string[] {
  return coverage ? ['-r', join(at.scratch, 'line_counter.rb')] : [];
}

export function linesFile(at: Places): string {
  return join(at.scratch, 'lines.json');
}

export async function coverageOf(at: Places, folder: string): Promise<readonly FileCoverage[] | null> {
  const hits = simplecovHits(await readReport(linesFile(at)));
  return hits === null ? null : fileCoverage(hits, folder);
}
