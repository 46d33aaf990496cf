import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { run } from '../../src/adapters/process/run.ts';
import type { Repository } from '../../src/ports/repository.ts';

export interface Step {
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface History {
  readonly root: string;
  /** Commits in the order of the steps. */
  readonly shas: readonly string[];
  open(dir?: string): Promise<Repository>;
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** A repository in a temporary folder, one commit a step, with nothing of this machine's git configuration. */
export function historyOf(steps: readonly Step[]): History {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-history-')));
  const identity = (name: string, date: string) => ({
    GIT_AUTHOR_NAME: name,
    GIT_COMMITTER_NAME: name,
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_EMAIL: 'a@example.com',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  });
  const git = (args: readonly string[], who = identity('Ann', '2026-01-01T00:00:00Z')): string =>
    execFileSync('git', args, {
      cwd: root,
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...who },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (files: Step['files']): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  git(['init', '-q', '-b', 'main']);
  const shas = steps.map(({ author, date, subject, files }) => {
    write(files);
    git(['add', '-A', '-f']);
    git(['commit', '-q', '-m', subject], identity(author, date));
    return git(['rev-parse', 'HEAD']);
  });
  return {
    root,
    shas,
    write,
    git: (...args) => git(args),
    open: (dir = root) => openRepository({ run, env: { PATH: process.env['PATH'], HOME: root } }, dir),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
