import { join } from 'node:path';
import type { TestFramework } from '../../../domain/project.ts';
import { folderOf, type Package } from '../package.ts';
import { PLAIN, type Runner } from '../runner.ts';
import { classOf, selected } from './selected.ts';
import { readSources } from './sources.ts';
import { reportedTests } from './test-reports.ts';

/**
 * Gradle as its manual describes it. UNPROVEN: Debian's Gradle is too old for JUnit 5, so this project's CI has not run
 * it; its name says so wherever a proof is shown. Coverage is not measured.
 */
export function gradle(
  pkg: Package,
  framework: TestFramework | null,
  program: string,
  caches: string,
): Runner {
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'gradle (unproven)',
    language: 'java',
    framework,
    package: pkg,
    stale: ['**/build/test-results'],
    readable: [caches],
    isTest: (path) => /(^|\/)src\/test\/.*\.(java|kt|groovy)$/.test(path),
    commands(request, at) {
      const alone =
        request.files.length === 0 ? [] : selected(request, '.').flatMap((test) => ['--tests', test]);
      const argv = [
        program,
        'test',
        '--offline',
        '--no-daemon',
        '--continue',
        '--console=plain',
        ...alone,
      ] as const;
      const env = { GRADLE_USER_HOME: join(at.cache, 'gradle'), GRADLE_RO_DEP_CACHE: caches };
      return [{ argv, env }];
    },
    async read() {
      const results = await reportedTests(folder, '**/build/test-results/*/TEST-*.xml', readSources(folder));
      return { results, coverage: null };
    },
    foundNone: (ended) => ended.code === 0,
    missing: ({ stdout, stderr }) =>
      /No cached version of .* available for offline mode/.test(stdout + stderr)
        ? {
            what: 'libraries that the build needs are not on this machine',
            hint: 'Run `gradle test` once in a checkout of that commit, then try the fix again.',
          }
        : null,
    rerun: (files) => ['gradle', 'test', ...files.flatMap((file) => ['--tests', classOf(file)])],
  };
}
