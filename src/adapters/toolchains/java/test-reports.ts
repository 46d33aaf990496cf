import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TestResult } from '../../../domain/fix.ts';
import { type JunitCase, junitCases } from '../reports/junit.ts';
import { readReport } from '../reports/read-report.ts';
import type { Sources } from './sources.ts';

/** Results of the JUnit reports that `pattern` finds below `folder`, one a test class. */
export async function reportedTests(
  folder: string,
  pattern: string,
  sources: Sources,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const name of globSync(pattern, { cwd: folder }).sort()) {
    const cases = junitCases((await readReport(join(folder, name))) ?? '');
    results.push(...cases.map((test) => javaResult(test, sources)));
  }
  return results;
}

/** A file may hold several classes: the name of a result says which, as in `OrderTest$Inner.adds`. */
export function javaResult(test: JunitCase, sources: Sources): TestResult {
  const simple = test.classname.slice(test.classname.lastIndexOf('.') + 1);
  const name = test.name === '' ? simple : `${simple}.${test.name}`;
  return { file: sources.fileOf(test.classname), name, outcome: outcomeOf(test), message: test.message };
}

/** In these reports `<error>` is any exception: of the test if its method is on the stack, else of what sets it up. */
function outcomeOf({ outcome, name, message }: JunitCase): TestResult['outcome'] {
  if (outcome !== 'errored') return outcome;
  const method = methodOf(name).replace(/[^\w$]/g, '');
  return new RegExp(`[.$]${method.replaceAll('$', '\\$')}[($]`).test(message) ? 'failed' : 'errored';
}

/** Without the parameters of a parameterised test: `adds(int)[1]`, `adds[1]`, `adds{int}[1]`. */
export function methodOf(name: string): string {
  return name.replace(/[([{].*$/s, '');
}
