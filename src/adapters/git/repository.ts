import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { VigilError } from '../../domain/errors.ts';
import type { Commit, Match, Repository, TrackedFile } from '../../ports/repository.ts';
import { changesOf } from './hunks.ts';
import { type GitDeps, tryGit } from './isolated-git.ts';
import { readInside } from './read-inside.ts';
import { tagArgs, tagsOf } from './tags.ts';

/** A source file is smaller; what is larger is data. */
const MAX_FILE_BYTES = 1024 * 1024;

const COMMIT = '%x1e%H%x1f%an%x1f%ct%x1f%s';

/**
 * The repository around `dir`, read only.
 * @throws VigilError `no_repository`, `tool_missing` (no git).
 */
export async function openRepository(deps: GitDeps, dir: string): Promise<Repository> {
  if (!(await isFolder(dir))) {
    throw new VigilError('no_repository', { what: `${dir} is not a folder` });
  }
  const ended = await tryGit(deps, { args: ['rev-parse', '--show-toplevel'], cwd: dir, env: QUIET });
  if (ended.exit === 'not_found') {
    throw new VigilError('tool_missing', {
      what: 'git is not installed',
      hint: 'Install git, then try again.',
    });
  }
  const root = ended.stdout.trim();
  if (ended.code !== 0 || root === '') {
    throw new VigilError('no_repository', {
      what: `${dir} is not in a git repository`,
      why: lastLine(ended.stderr),
      ...(/dubious ownership/.test(ended.stderr)
        ? { hint: `Run: git config --global --add safe.directory ${dir}` }
        : {}),
    });
  }
  const ask: Ask = async (...args) => {
    const call = { args: [...READ_ONLY, ...args], cwd: root, env: QUIET };
    const answer = await tryGit(deps, call);
    return answer.code === 0 ? answer.stdout : null;
  };
  return { root, ...headOf(ask), ...filesOf(ask, root), ...historyOf(ask), ...remoteOf(ask) };
}

/** Asks nobody and fetches nothing: a partial clone would load missing objects from its remote. */
const QUIET = { GIT_NO_LAZY_FETCH: '1', GIT_ASKPASS: '', SSH_ASKPASS: '' };
/** Programs that a repository's own configuration could name. */
const READ_ONLY = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'log.showSignature=false',
  '-c',
  'diff.external=',
];

/** What commits did to lines, without what is around them; the file's path stands alone in its line. */
const PATCHES =
  '-c log.showRoot=false log --no-merges --patch --unified=0 --no-color --no-ext-diff --no-textconv --no-renames --diff-filter=AM --src-prefix= --dst-prefix='.split(
    ' ',
  );

/** One git command; null when it fails. */
type Ask = (...args: readonly string[]) => Promise<string | null>;

function headOf(ask: Ask): Pick<Repository, 'head' | 'branch' | 'dirty'> {
  return {
    head: () => ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}').then(trimmed),
    branch: () => ask('symbolic-ref', '--quiet', '--short', 'HEAD').then(trimmed),
    dirty: async () => ((await ask('status', '--porcelain', '--untracked-files=no')) ?? '') !== '',
  };
}

function filesOf(ask: Ask, root: string): Pick<Repository, 'files' | 'tracked' | 'read' | 'grep'> {
  return {
    tracked: () => trackedFiles(ask, root),
    files: async () => ((await ask('ls-files', '-z')) ?? '').split('\0').filter((file) => file !== ''),
    read: (file, mostBytes = MAX_FILE_BYTES) => readInside(root, file, mostBytes),
    grep: async (literal, limit) => {
      const out = await ask('grep', '-n', '-z', '-I', '--no-color', '-F', '-e', literal);
      return matchesOf(out ?? '').slice(0, limit);
    },
  };
}

/** By the blob's id in the index, where git's own record of the file (size, times) says that it is as it was. */
async function trackedFiles(ask: Ask, root: string): Promise<readonly TrackedFile[]> {
  const changed = new Set(((await ask('diff-files', '--name-only', '-z')) ?? '').split('\0'));
  const contents = new Map<string, string>(); // an unmerged file has up to three rows
  for (const row of ((await ask('ls-files', '-s', '-z')) ?? '').split('\0')) {
    const [, blob = '', file = ''] = /^100\d{3} ([0-9a-f]+) \d\t([^]+)$/.exec(row) ?? [];
    if (file === '') continue;
    const content = changed.has(file) ? await contentOf(root, file) : blob;
    if (content !== null) contents.set(file, content);
  }
  return [...contents].map(([file, content]) => ({ file, content }));
}

/** Null for a file that is gone. */
async function contentOf(root: string, file: string): Promise<string | null> {
  const text = await readInside(root, file, MAX_FILE_BYTES);
  return text === null ? null : createHash('sha256').update(text).digest('hex');
}

function historyOf(ask: Ask): Pick<Repository, 'blame' | 'lineLog' | 'log' | 'changes' | 'tags'> {
  const commits = async (...args: readonly string[]): Promise<readonly Commit[]> =>
    commitsOf((await ask(...args)) ?? '');
  return {
    blame: async (file, line) => {
      const out = await ask('blame', '--porcelain', '--no-textconv', '-L', `${line},${line}`, '--', file);
      const sha = out?.split(' ')[0] ?? '';
      if (!/[1-9a-f]/.test(sha)) return null; // all zeros: not committed yet
      const found = await commits('log', '-1', '--name-only', `--format=${COMMIT}`, sha);
      return found[0] ?? null;
    },
    lineLog: (file, [from, to], limit) =>
      commits(
        'log',
        `-${limit}`,
        '--no-patch',
        '--no-textconv',
        `--format=${COMMIT}`,
        `-L${from},${to}:${file}`,
      ),
    changes: async (limit) => {
      const out = await ask(...PATCHES, `-${limit}`, `--format=${COMMIT}`);
      return changesOf(out ?? '').flatMap(({ head, hunks }) => {
        const [commit] = commitsOf(head);
        const files = [...new Set(hunks.map(({ file }) => file))];
        return commit === undefined ? [] : [{ commit: { ...commit, files }, hunks }];
      });
    },
    tags: async (limit) => tagsOf((await ask(...tagArgs(limit))) ?? ''),
    log: (files, limit) => commits('log', `-${limit}`, '--name-only', `--format=${COMMIT}`, '--', ...files),
  };
}

function remoteOf(ask: Ask): Pick<Repository, 'remote' | 'defaultBranch'> {
  return {
    async remote() {
      const names = ((await ask('remote')) ?? '').split('\n').filter((name) => name !== '');
      const name = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
      if (name === undefined) return null;
      const url = trimmed(await ask('remote', 'get-url', name));
      return url === null ? null : url.replace(/^([\w+.-]+:\/\/)[^/]*@/, '$1');
    },
    async defaultBranch() {
      const head = trimmed(await ask('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'));
      if (head !== null) return head.replace(/^origin\//, '');
      for (const name of ['main', 'master']) {
        if ((await ask('rev-parse', '--verify', '--quiet', `refs/heads/${name}`)) !== null) return name;
      }
      return trimmed(await ask('symbolic-ref', '--quiet', '--short', 'HEAD'));
    },
  };
}

async function isFolder(dir: string): Promise<boolean> {
  return (await stat(dir).catch(() => null))?.isDirectory() === true;
}

/** `file NUL line NUL text` a line. */
function matchesOf(out: string): Match[] {
  return out.split('\n').flatMap((row) => {
    const [file, line, text] = row.split('\0');
    return file === undefined || line === undefined || text === undefined
      ? []
      : [{ file, line: Number(line), text }];
  });
}

function commitsOf(out: string): Commit[] {
  return out
    .split('\u001e')
    .slice(1)
    .flatMap((block) => {
      const [head = '', ...files] = block.split('\n').filter((line) => line !== '');
      const [sha, author, date, subject] = head.split('\u001f');
      if (sha === undefined || author === undefined || date === undefined) return [];
      return [{ sha, author, date: Number(date) * 1000, subject: subject ?? '', files }];
    });
}

function trimmed(out: string | null): string | null {
  const text = out?.trim() ?? '';
  return text === '' ? null : text;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
