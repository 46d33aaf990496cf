import { isAbsolute, relative } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { parseLines } from '../reports/parse-json.ts';
import { NESTED } from './full-name.ts';

/** Runs inside the project's Node, 20 or newer: one JSON line a test. */
export const NODE_TEST_REPORTER = `export default async function* report(events) {
  const said = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stderr') said.set(data.file, ((said.get(data.file) ?? '') + data.message).slice(0, 2000));
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    const cause = error?.cause;
    const message = error === undefined ? '' : (cause?.stack ?? cause?.message ?? String(cause ?? error.message));
    const whole = error?.failureType === 'testCodeFailure' && data.nesting === 0 && /^test failed/.test(message);
    yield JSON.stringify({
      ok: type === 'test:pass', file: data.file ?? '', name: data.name, nesting: data.nesting,
      kind: data.details?.type ?? 'test', skipped: Boolean(data.skip ?? data.todo), whole,
      failure: error?.failureType ?? '', message: whole ? (said.get(data.name) ?? said.get(data.file) ?? message) : message,
    }) + '\\n';
  }
}
`;

const line = z.object({
  ok: z.boolean(),
  file: z.string(),
  name: z.string(),
  nesting: z.number(),
  kind: z.string(),
  skipped: z.boolean(),
  /** It stands for the whole file, which ended badly or could not be loaded. */
  whole: z.boolean(),
  failure: z.string(),
  message: z.string(),
});
type Line = z.infer<typeof line>;

/** Results of the report, files relative to `folder`. */
export function nodeTestResults(report: string | null, folder: string): readonly TestResult[] {
  const lines = parseLines(report).flatMap((value) => line.safeParse(value).data ?? []);
  return namedInFull(lines)
    .filter(isReported)
    .map((entry) => ({
      file: relativeTo(folder, entry.file),
      name: relativeTo(folder, entry.name),
      outcome: outcomeOf(entry),
      message: entry.message,
    }));
}

/** Not a suite that is all right, and not one or a test whose part failed: the part itself is listed. */
function isReported(entry: Line): boolean {
  if (entry.failure === 'subtestsFailed') return false;
  return entry.kind !== 'suite' || entry.failure === 'hookFailed';
}

function outcomeOf(entry: Line): TestResult['outcome'] {
  if (entry.skipped) return 'skipped';
  if (entry.ok) return 'passed';
  return entry.whole || entry.failure === 'hookFailed' ? 'errored' : 'failed';
}

/** Children are reported before their parent: each parent's name goes in front of those since its own level. */
function namedInFull(lines: readonly Line[]): readonly Line[] {
  const named: { entry: Line; parents: string[] }[] = [];
  for (const entry of lines) {
    for (let at = named.length - 1; at >= 0; at -= 1) {
      const before = named[at];
      if (before === undefined || before.entry.file !== entry.file || before.entry.nesting <= entry.nesting)
        break;
      before.parents.unshift(entry.name);
    }
    named.push({ entry, parents: [] });
  }
  return named.map(({ entry, parents }) => ({ ...entry, name: [...parents, entry.name].join(NESTED) }));
}

function relativeTo(folder: string, file: string): string {
  return isAbsolute(file) ? relative(folder, file) : file;
}
