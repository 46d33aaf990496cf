import type { FileChange } from '../../ports/workspace.ts';
import { languageOfFile } from '../source-language.ts';

/** A change, by what its files are for. */
export interface ChangeParts {
  /** Test files that the runner would pick up; those that are deleted left out. */
  readonly tests: readonly FileChange[];
  /** Those, and what tests rest on: fixtures, mocks, snapshots. */
  readonly testLike: readonly FileChange[];
  /** Code that is not a test's. */
  readonly source: readonly FileChange[];
}

export function partsOf(changes: readonly FileChange[], isTest: (path: string) => boolean): ChangeParts {
  return {
    tests: changes.filter((change) => change.changeType !== 'delete' && isTest(change.path)),
    testLike: changes.filter((change) => isTestLike(change.path, isTest)),
    source: changes.filter(
      (change) => !isTestLike(change.path, isTest) && languageOfFile(change.path) !== null,
    ),
  };
}

/** Is the path a test, or something that tests rest on? */
export function isTestLike(path: string, isTest: (path: string) => boolean): boolean {
  return isTest(path) || /(^|\/)(tests?|specs?|testdata|__tests__|__mocks__|__snapshots__)\//.test(path);
}
