import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { run } from '../../src/adapters/process/run.ts';
import { gitIn } from '../support/git-in.ts';
import { type History, historyOf } from '../support/history.ts';

const STEPS = [
  {
    author: 'Ann',
    date: '2026-01-01T10:00:00Z',
    subject: 'feat: first',
    files: { 'src/a.js': 'export function a() {\n  return 1;\n}\n', 'README.md': 'first\n' },
  },
  {
    author: 'Ben',
    date: '2026-02-01T10:00:00Z',
    subject: 'fix: second',
    files: {
      'src/a.js': 'export function a() {\n  return 2;\n}\n',
      'with space/ü.js': 'const needle = 1;\n',
    },
  },
];

let history: History;
beforeEach(() => {
  history = historyOf(STEPS);
});
afterEach(() => history.remove());

describe('the user repository', () => {
  it('tells head, branch, files and text', async () => {
    const repository = await history.open(join(history.root, 'src'));
    expect(repository.root).toBe(history.root);
    expect(await repository.head()).toBe(history.shas[1]);
    expect(await repository.branch()).toBe('main');
    expect(await repository.defaultBranch()).toBe('main');
    expect(await repository.files()).toEqual(['README.md', 'src/a.js', 'with space/ü.js']);
    expect(await repository.read('src/a.js')).toContain('return 2');
    expect(await repository.remote()).toBeNull();
  });

  it('names what is in each tracked file now: by the blob, or by the text where it was changed', async () => {
    const repository = await history.open();
    const named = async () => new Map((await repository.tracked()).map((one) => [one.file, one.content]));
    const committed = await named();
    expect([...committed.keys()]).toEqual(['README.md', 'src/a.js', 'with space/ü.js']);
    expect(committed.get('README.md')).toBe(gitIn(history.root, 'rev-parse', 'HEAD:README.md').trim());

    writeFileSync(join(history.root, 'src/a.js'), 'export const a = 3;\n');
    rmSync(join(history.root, 'README.md'));
    symlinkSync('src/a.js', join(history.root, 'link.js'));
    gitIn(history.root, 'add', 'link.js');
    const changed = await named();
    expect([...changed.keys()]).toEqual(['src/a.js', 'with space/ü.js']);
    expect(changed.get('src/a.js')).not.toBe(committed.get('src/a.js'));
    expect(changed.get('with space/ü.js')).toBe(committed.get('with space/ü.js'));
    expect(await named()).toEqual(changed);
  });

  it('tells who changed a line, a range and a file', async () => {
    const repository = await history.open();
    expect(await repository.blame('src/a.js', 2)).toMatchObject({
      sha: history.shas[1],
      author: 'Ben',
      subject: 'fix: second',
      date: Date.UTC(2026, 1, 1, 10),
    });
    expect((await repository.blame('src/a.js', 1))?.sha).toBe(history.shas[0]);
    expect((await repository.lineLog('src/a.js', [1, 3], 5)).map(({ sha }) => sha)).toEqual(
      history.shas.toReversed(),
    );
    expect((await repository.log(['README.md'], 5)).map(({ sha }) => sha)).toEqual([history.shas[0]]);
    const [newest] = await repository.log([], 1);
    expect(newest?.files).toEqual(['src/a.js', 'with space/ü.js']);
  });

  it('tells what the newest commits did to lines, but not the first, which brought all', async () => {
    const [first, second] = history.shas;
    history.write({ 'src/a.js': '@@ -1 +1 @@\n++ b/no\n' });
    history.git('commit', '-aqm', 'looks like a patch');
    const repository = await history.open();
    const changes = await repository.changes(10);
    const shas = changes.map(({ commit }) => commit.sha);
    expect(shas).toContain(second);
    expect(shas).not.toContain(first);
    expect(changes[0]?.commit).toMatchObject({ subject: 'looks like a patch', files: ['src/a.js'] });
    expect(changes[0]?.hunks.map(({ file, from, lines }) => ({ file, from, lines }))).toEqual([
      { file: 'src/a.js', from: 1, lines: 2 },
    ]);
    const older = changes.find(({ commit }) => commit.sha === second);
    expect(older?.hunks.map(({ file }) => file)).toContain('with space/ü.js');
    expect(await repository.changes(1)).toHaveLength(1);
  });

  it('names the newest tags with the commits that they stand for, annotated or not', async () => {
    history.git('tag', 'v1', history.shas[0] ?? '');
    history.git('tag', 'v2', history.shas[1] ?? '');
    const tags = await (await openRepository({ run, env: process.env }, history.root)).tags(5);
    expect(tags.map(({ name, commit, subject }) => [name, commit, subject])).toEqual([
      ['v2', history.shas[1], 'fix: second'],
      ['v1', history.shas[0], 'feat: first'],
    ]);
    history.git('tag', '-am', 'a release', 'v3', history.shas[1] ?? '');
    const [v3] = (await (await openRepository({ run, env: process.env }, history.root)).tags(5)).filter(
      ({ name }) => name === 'v3',
    );
    expect(v3).toMatchObject({ commit: history.shas[1], subject: 'a release' });
    expect(tags[1]?.date).toBe(Date.parse('2026-01-01T10:00:00Z'));
  });

  it('finds literal text, whatever it looks like to a regular expression', async () => {
    history.write({ 'src/b.js': 'if (a[0] === "x.*") throw new Error(`-e --version`);\n' });
    history.git('add', '.');
    const repository = await history.open();
    expect(await repository.grep('needle', 10)).toEqual([
      { file: 'with space/ü.js', line: 1, text: 'const needle = 1;' },
    ]);
    expect(await repository.grep('"x.*"', 10)).toHaveLength(1);
    expect(await repository.grep('-e --version', 10)).toHaveLength(1);
    expect(await repository.grep('x.y', 10)).toEqual([]);
    expect(await repository.grep('return', 0)).toEqual([]);
  });

  it('knows an uncommitted line and a dirty tree', async () => {
    const repository = await history.open();
    expect(await repository.dirty()).toBe(false);
    history.write({ 'src/a.js': 'export function a() {\n  return 3;\n}\n' });
    expect(await repository.dirty()).toBe(true);
    expect(await repository.blame('src/a.js', 2)).toBeNull();
    expect(await repository.blame('src/new.js', 1)).toBeNull();
    expect(await repository.blame('src/a.js', 99)).toBeNull();
  });

  it('works without commits, on a detached head, and in a worktree', async () => {
    const empty = historyOf([]);
    const fresh = await empty.open();
    expect(await fresh.head()).toBeNull();
    expect(await fresh.log([], 5)).toEqual([]);
    expect(await fresh.files()).toEqual([]);
    empty.remove();

    history.git('checkout', '-q', '--detach', 'HEAD~1');
    const detached = await history.open();
    expect(await detached.branch()).toBeNull();
    expect(await detached.head()).toBe(history.shas[0]);

    history.git('worktree', 'add', '-q', join(history.root, '.wt'), 'main');
    const beside = await history.open(join(history.root, '.wt'));
    expect(await beside.head()).toBe(history.shas[1]);
    expect(await beside.read('src/a.js')).toContain('return 2');
  });

  it('reads nothing outside of the root, no binary, no pipe, nothing of .git', async () => {
    const repository = await history.open();
    symlinkSync('/etc/hostname', join(history.root, 'link.txt'));
    history.write({ 'bin.dat': 'a\0b', 'large.txt': 'x'.repeat(1024 * 1024 + 1), '..odd/x.js': 'odd' });
    execFileSync('mkfifo', [join(history.root, 'pipe')]);
    for (const file of [
      '../../etc/hostname',
      '/etc/hostname',
      'link.txt',
      'bin.dat',
      'large.txt',
      'pipe',
      'src',
      '.git/config',
      'none.js',
    ]) {
      expect(await repository.read(file), file).toBeNull();
    }
    expect(await repository.read('..odd/x.js')).toBe('odd');
  });

  it('hides credentials of the remote', async () => {
    history.git('remote', 'add', 'origin', 'https://bot:ghp_secret@github.com/acme/shop.git');
    expect(await (await history.open()).remote()).toBe('https://github.com/acme/shop.git');
  });

  it('runs no program that the repository names, and changes nothing', async () => {
    const trap = join(history.root, 'trap.sh');
    const sprung = join(history.root, 'sprung');
    writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> ${sprung}\ncat\n`);
    chmodSync(trap, 0o755);
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'diff.external',
      'diff.evil.textconv',
      'gpg.program',
      'core.askPass',
    ]) {
      history.git('config', key, trap);
    }
    history.git('config', 'log.showSignature', 'true');
    history.write({ '.gitattributes': '*.js diff=evil\n' });
    mkdirSync(join(history.root, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'pre-commit', 'reference-transaction']) {
      writeFileSync(join(history.root, '.git/hooks', hook), readFileSync(trap));
      chmodSync(join(history.root, '.git/hooks', hook), 0o755);
    }
    const before = fingerprint(join(history.root, '.git'));
    const repository = await history.open();
    await repository.dirty();
    await repository.blame('src/a.js', 2);
    await repository.lineLog('src/a.js', [1, 3], 3);
    await repository.log([], 3);
    await repository.changes(3);
    await repository.grep('return', 5);
    await repository.files();
    await repository.tracked();
    expect(existsSync(sprung)).toBe(false);
    expect(fingerprint(join(history.root, '.git'))).toBe(before);
  });

  it('does not look where the environment of the caller points', async () => {
    const env = {
      PATH: process.env['PATH'],
      HOME: history.root,
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/nowhere',
    };
    const repository = await openRepository({ run, env }, history.root);
    expect(await repository.head()).toBe(history.shas[1]);
  });

  it('says what is wrong outside of a repository, without the folder, and without git', async () => {
    await expect(history.open('/')).rejects.toMatchObject({ code: 'no_repository' });
    await expect(history.open(join(history.root, 'gone'))).rejects.toMatchObject({ code: 'no_repository' });
    const without = openRepository({ run, env: { PATH: '/nowhere' } }, history.root);
    await expect(without).rejects.toMatchObject({ code: 'tool_missing' });
  });
});

/** Names, sizes, times and contents of everything below a folder. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path} ${statSync(path).mtimeMs}\n`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
