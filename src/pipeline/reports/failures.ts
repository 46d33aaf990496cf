import { isTestFile } from '../../domain/test-file.ts';
import type { StackTrace } from '../../domain/trace.ts';
import { withoutColour } from '../traces/lines.ts';
import { goFailures } from './go.ts';
import { javaFailures } from './java.ts';
import { javascriptFailures } from './javascript.ts';
import { pythonFailures } from './python.ts';
import { rubyFailures } from './ruby.ts';

const RUNNERS = [pythonFailures, goFailures, rubyFailures, javaFailures, javascriptFailures];
/** More failures say nothing new. */
const MOST = 16;
const LONGEST = 2000;
/** What GitHub Actions, GitLab and others write before each line of a job's log. */
const STAMP = /^(?:[\w./ -]{0,60}\t)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3,9})?Z ?(?:\d\d[OE] ?)?/;

/**
 * What the output of a test run (pytest, unittest, go test, RSpec, minitest, JUnit, Jest, Vitest, Mocha, TAP) says of tests
 * that failed, as one trace: those that failed in the code come first, then those that only expected another result. Null where it is no
 * such output.
 */
export function failedTests(output: readonly string[]): StackTrace | null {
  const isStamped = output.slice(0, 20).every((line) => STAMP.test(line));
  const lines = output
    .map((line) => withoutColour(line.slice(0, LONGEST)).replace(/\r$/, ''))
    .map((line) => (isStamped ? line.replace(STAMP, '') : line));
  for (const read of RUNNERS) {
    const failed = read(lines)
      .filter(({ frames }) => frames.some(({ file }) => isTestFile(file)))
      .map((one) => ({ ...one, message: one.message.split(/\n\s*\n/, 1)[0] ?? '' }))
      .toSorted((a, b) => Number(isOfCode(b)) - Number(isOfCode(a)));
    if (failed.length > 0) return togetherOf(failed);
  }
  return null;
}

/** The code under test threw, not the test. */
function isOfCode({ frames }: StackTrace): boolean {
  const own = frames.find(({ inApp }) => inApp);
  return own !== undefined && !isTestFile(own.file);
}

function togetherOf(failed: readonly StackTrace[]): StackTrace | null {
  const [first = null] = failed;
  if (first === null || failed.length === 1) return first;
  return { ...first, frames: [], cause: null, related: failed.slice(0, MOST) };
}
