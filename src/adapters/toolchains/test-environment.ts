import { delimiter, join } from 'node:path';
import { folderOf, type Package } from './package.ts';

/** What tests see of the environment: no token, no HOME of the user, nothing of our own test runner. */
export function testEnvironment(
  pkg: Package,
  env: Readonly<Record<string, string | undefined>>,
  scratch: string,
): Readonly<Record<string, string>> {
  const bins = [...new Set([folderOf(pkg), pkg.workspace])].map((folder) =>
    join(folder, 'node_modules', '.bin'),
  );
  return {
    PATH: [...bins, env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    HOME: join(scratch, 'home'),
    TMPDIR: join(scratch, 'tmp'),
    LANG: env['LANG'] ?? 'C.UTF-8',
    TZ: env['TZ'] ?? 'UTC',
    CI: '1',
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
