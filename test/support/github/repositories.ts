import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** git as a person types it; answers stdout without the last newline. @throws when it fails. */
export function gitIn(cwd: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: cwd, ...IDENTITY };
  return execFileSync('git', [...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

/** A repository on `main` with these files in one commit. */
export function makeRepository(root: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(root, { recursive: true });
  gitIn(root, 'init', '--quiet', '--initial-branch', 'main');
  writeFiles(root, files);
  gitIn(root, 'add', '--all');
  gitIn(root, 'commit', '--quiet', '--message', 'start');
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A bare repository that can be pushed to over HTTP, with the branches of `from`. */
export function makeBare(bare: string, from: string): void {
  mkdirSync(dirname(bare), { recursive: true });
  gitIn(from, 'clone', '--quiet', '--bare', from, bare);
  gitIn(bare, 'config', 'http.receivepack', 'true');
}

/** Commit of a branch, or null. */
export function headOf(repository: string, branch: string): string | null {
  return tryGit(repository, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`);
}

export function messageOf(repository: string, sha: string): string | null {
  return tryGit(repository, 'log', '-1', '--format=%B', sha);
}

function tryGit(cwd: string, ...args: readonly string[]): string | null {
  try {
    return gitIn(cwd, ...args);
  } catch {
    return null; // there is none
  }
}
