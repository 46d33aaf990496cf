import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { parseJson, parseLines } from '../reports/parse-json.ts';
import type { GoModule } from './go-module.ts';

/** One line of `go test -json`. */
const eventSchema = z.object({
  Action: z.string(),
  Package: z.string(),
  Test: z.string().catch(''),
  Output: z.string().catch(''),
  FailedBuild: z.string().catch(''),
});

/** What was said about one test, or, by the name '', about its whole package. */
interface Told {
  readonly dir: string;
  readonly name: string;
  end: 'pass' | 'fail' | 'skip' | null;
  output: string;
  notBuilt: boolean;
}

/**
 * Results of a run. A test that began and never ended took its process with it: it failed. A package that failed
 * though none of its tests did (an `init`, `TestMain`, an early exit) is one result of its first test file.
 */
export function goResults(output: string, module: GoModule): readonly TestResult[] {
  const told = [...toldOf(output, module).values()].filter((one, _, all) => !isOnlyParent(one, all));
  const failed = new Set(
    told.filter((one) => one.name !== '' && one.end !== 'pass' && one.end !== 'skip').map((one) => one.dir),
  );
  return told.flatMap((one) => {
    if (one.name !== '') return [testResult(one, module)];
    const file = module.testFiles(one.dir)[0];
    if (one.end !== 'fail' || one.notBuilt || failed.has(one.dir) || file === undefined) return [];
    return [{ file, name: file, outcome: 'errored', message: one.output.trim() }];
  });
}

/** It failed by a part of it, which is listed, and says nothing of its own. */
function isOnlyParent({ dir, name, end, output }: Told, all: readonly Told[]): boolean {
  if (name === '' || end !== 'fail' || withoutFraming(output) !== '') return false;
  return all.some((part) => part.dir === dir && part.end === 'fail' && part.name.startsWith(`${name}/`));
}

function testResult({ dir, name, end, output }: Told, module: GoModule): TestResult {
  const file = module.fileOfTest(dir, name);
  switch (end) {
    case 'pass':
      return { file, name, outcome: 'passed', message: '' };
    case 'skip':
      return { file, name, outcome: 'skipped', message: '' };
    case 'fail':
    case null:
      return { file, name, outcome: 'failed', message: withoutFraming(output) };
  }
}

function toldOf(output: string, module: GoModule): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const value of parseLines(output)) {
    const event = eventSchema.safeParse(value).data;
    if (event === undefined) continue;
    const key = `${event.Package} ${event.Test}`;
    const one = told.get(key) ?? newTold(module.dirOf(event.Package), event.Test);
    told.set(key, one);
    if (event.Action === 'output') one.output += event.Output;
    if (event.Action === 'pass' || event.Action === 'fail' || event.Action === 'skip') one.end = event.Action;
    if (event.FailedBuild !== '' || /\[(build|setup) failed\]/.test(event.Output)) one.notBuilt = true;
  }
  return told;
}

function newTold(dir: string, name: string): Told {
  return { dir, name, end: null, output: '', notBuilt: false };
}

/** The words of a run without the events around them. */
export function goSaid(stdout: string): string {
  const lines = stdout.split('\n').map((line) => {
    const event = line.startsWith('{') ? eventSchema.safeParse(parseJson(line)).data : undefined;
    return event === undefined ? `${line}\n` : event.Output;
  });
  return lines.join('').trim();
}

function withoutFraming(output: string): string {
  return output.replace(/^\s*(=== |--- ).*\n/gm, '').trim();
}
