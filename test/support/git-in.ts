import { execFileSync } from 'node:child_process';

/** What git says, run in a folder, without the user's own configuration. */
export function gitIn(cwd: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}
