import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileCoverage } from '../../../domain/fix.ts';
import { fileCoverage, type LineHits, mergedHits } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { v8Hits } from '../reports/v8-coverage.ts';
import type { Places } from '../runner.ts';

/** Lets Node measure by itself: no package of the project is needed, and none of its settings counts. */
export function v8Environment(at: Places, coverage: boolean): Readonly<Record<string, string>> {
  return coverage ? { NODE_V8_COVERAGE: v8Folder(at) } : {};
}

/** What all processes of the run have left; null when none did. */
export async function v8Coverage(at: Places, folder: string): Promise<readonly FileCoverage[] | null> {
  const names = await readdir(v8Folder(at)).catch(() => []);
  const all: LineHits[] = [];
  for (const name of names) {
    const text = await readReport(join(v8Folder(at), name));
    if (text !== null) all.push(v8Hits(text, folder, textOf));
  }
  return fileCoverage(mergedHits(all), folder);
}

function v8Folder(at: Places): string {
  return join(at.scratch, 'v8');
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A script that the tests made and removed again.
    return null;
  }
}
