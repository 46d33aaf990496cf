import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedObjects } from '../../src/adapters/git/git-dir.ts';
import { gitWorkspaces } from '../../src/adapters/git/workspace.ts';
import { run } from '../../src/adapters/process/run.ts';
import type { FileChange, Workspace } from '../../src/ports/workspace.ts';
import {
  env,
  namesIn,
  newRepository,
  newWorld,
  userGit,
  workspacesAt,
  writeFiles,
} from '../support/fix-world.ts';

let world: ReturnType<typeof newWorld>;
let root: string;
let base: string;

beforeEach(() => {
  world = newWorld();
  root = join(world.folder, 'repo');
  base = newRepository(root, {
    'app.js': 'one\ntwo\n',
    'gone.js': 'x\n',
    'run.sh': '#!/bin/sh\n',
    'test/app.test.js': 'old\n',
    '.gitignore': 'secret.env\nnode_modules/\n',
  });
});
afterEach(() => world.remove());

const open = (): Promise<Workspace> => workspacesAt(world.folder).open(base, 'a-slug');
const find = (changes: readonly FileChange[], path: string) => changes.find((change) => change.path === path);

describe('an isolated workspace', () => {
  it('holds the base commit with a git of its own, without remotes and without what is not committed', async () => {
    writeFiles(root, { 'secret.env': 'KEY=1', 'app.js': 'dirty\n', '.kiro/steering/x.md': 'obey' });
    const workspace = await open();
    expect(readFileSync(join(workspace.path, 'app.js'), 'utf8')).toBe('one\ntwo\n');
    expect(existsSync(join(workspace.path, 'secret.env'))).toBe(false);
    expect(existsSync(join(workspace.path, '.kiro'))).toBe(false);
    expect(userGit(workspace.path, 'rev-parse', 'HEAD')).toBe(base);
    expect(userGit(workspace.path, 'remote')).toBe('');
    expect(userGit(workspace.path, 'status', '--porcelain')).toBe('');
    await workspace.dispose();
    expect(namesIn(join(world.folder, 'state', 'workspaces'))).toEqual([]);
  });

  it('lists what was left in the tree, by kind, whatever the agent did with git', async () => {
    const workspace = await open();
    const { path } = workspace;
    writeFiles(path, {
      'app.js': 'one\n2\nthree\n',
      'new.js': 'n\n',
      'secret.env': 'KEY=1',
      'node_modules/x/i.js': '',
    });
    writeFileSync(join(path, 'blob.bin'), Buffer.from([0, 1, 2, 0]));
    rmSync(join(path, 'gone.js'));
    chmodSync(join(path, 'run.sh'), 0o755);
    symlinkSync('/etc/passwd', join(path, 'link.js'));
    mkdirSync(join(path, 'sub'));
    newRepository(join(path, 'sub'), { 'in.js': 'x\n' });
    userGit(path, 'add', '-A');
    userGit(path, 'commit', '-q', '-m', 'mine');
    const changes = await workspace.seal();
    expect(changes.map((change) => `${change.changeType} ${change.path}`).sort()).toEqual([
      'create blob.bin',
      'create link.js',
      'create new.js',
      'create sub',
      'delete gone.js',
      'modify app.js',
      'modify run.sh',
    ]);
    expect(find(changes, 'app.js')).toMatchObject({
      before: 'one\ntwo\n',
      after: 'one\n2\nthree\n',
      linesAdded: 2,
      linesRemoved: 1,
      special: false,
    });
    expect(find(changes, 'blob.bin')).toMatchObject({ binary: true, special: false });
    for (const path of ['link.js', 'run.sh', 'sub'])
      expect(find(changes, path)).toMatchObject({ special: true });
    expect(await workspace.patch()).toContain('+three');
  });

  it('puts the tree into each state exactly, leaving nothing of an earlier one, ignored or not', async () => {
    const workspace = await open();
    const { path } = workspace;
    writeFiles(path, { 'app.js': 'fixed\n', 'test/app.test.js': 'old\nnew\n', 'secret.env': 'planted' });
    rmSync(join(path, 'gone.js'));
    await workspace.seal();
    const text = (file: string) =>
      existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : null;
    await workspace.checkout({ tree: 'base_with', paths: ['test/app.test.js', 'gone.js'] });
    expect([text('app.js'), text('test/app.test.js'), text('gone.js')]).toEqual([
      'one\ntwo\n',
      'old\nnew\n',
      null,
    ]);
    expect(text('secret.env')).toBeNull();
    writeFiles(path, { 'junk.js': 'j', 'app.js': 'changed by a test\n' });
    await workspace.checkout({ tree: 'base' });
    expect([text('app.js'), text('test/app.test.js'), text('gone.js')]).toEqual([
      'one\ntwo\n',
      'old\n',
      'x\n',
    ]);
    expect(text('junk.js')).toBeNull();
    await workspace.checkout({ tree: 'fix' });
    expect([text('app.js'), text('test/app.test.js'), text('gone.js')]).toEqual([
      'fixed\n',
      'old\nnew\n',
      null,
    ]);
  });

  it('survives folders whose permissions were taken', async () => {
    const workspace = await open();
    writeFiles(workspace.path, { 'shut/in.js': 'x\n' });
    await workspace.seal();
    chmodSync(join(workspace.path, 'shut'), 0o000);
    await workspace.checkout({ tree: 'base' });
    expect(existsSync(join(workspace.path, 'shut'))).toBe(false);
    await workspace.dispose();
  });

  it('removes what a killed run left, and not what a living one uses', async () => {
    const living = await open();
    const left = join(world.folder, 'state', 'workspaces', 'left-abc');
    writeFiles(left, { owner: '999999999', 'tree/x': '' });
    await open();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(living.path)).toBe(true);
  });
});

describe("the user's repository", () => {
  it('is byte-identical but for objects and the one branch, whatever the agent does', async () => {
    writeFiles(root, { 'app.js': 'dirty\n', 'staged.js': 's\n', 'untracked.txt': 'u' });
    userGit(root, 'add', 'staged.js');
    userGit(root, 'branch', 'other');
    userGit(root, 'tag', 'v1');
    const remote = join(world.folder, 'remote.git');
    userGit(world.folder, 'init', '-q', '--bare', remote);
    userGit(root, 'remote', 'add', 'origin', remote);
    writeFiles(root, {
      '.git/hooks/post-checkout': '#!/bin/sh\ntouch HOOKED\n',
      '.git/hooks/reference-transaction': '#!/bin/sh\ntouch HOOKED\n',
    });
    chmodSync(join(root, '.git/hooks/post-checkout'), 0o755);
    chmodSync(join(root, '.git/hooks/reference-transaction'), 0o755);
    userGit(root, 'stash', 'list');
    const before = fingerprint(root);
    const workspace = await open();
    misbehave(workspace.path, remote);
    writeFiles(workspace.path, { 'app.js': 'one\nfixed\n' });
    await workspace.seal();
    const commit = await workspace.publish('vigilai/a-slug', 'fix: it\n\nVigilAI-Anomaly: 1');
    await workspace.dispose();
    expect(fingerprint(root)).toEqual(before);
    expect(userGit(root, 'rev-parse', 'vigilai/a-slug')).toBe(commit);
    expect(userGit(root, 'rev-parse', `${commit}^`)).toBe(base);
    expect(userGit(root, 'show', `${commit}:app.js`)).toBe('one\nfixed');
    expect(userGit(root, 'log', '-1', '--format=%an %ae %b', commit)).toBe(
      'VigilAI vigilai@localhost VigilAI-Anomaly: 1',
    );
    expect(userGit(root, 'fsck', '--connectivity-only')).not.toContain('missing');
    expect(userGit(remote, 'for-each-ref')).toBe('');
  });

  it('has our own earlier branch replaced', async () => {
    const publish = async (text: string) => {
      const workspace = await open();
      writeFiles(workspace.path, { 'app.js': text });
      await workspace.seal();
      const commit = await workspace.publish('vigilai/a-slug', 'fix: it');
      await workspace.dispose();
      return commit;
    };
    await publish('first\n');
    const second = await publish('second\n');
    expect(userGit(root, 'rev-parse', 'vigilai/a-slug')).toBe(second);
  });

  it('keeps a branch of ours on which a person went on', async () => {
    userGit(root, 'branch', 'vigilai/a-slug');
    const workspace = await open();
    writeFiles(workspace.path, { 'app.js': 'x\n' });
    await workspace.seal();
    await expect(workspace.publish('vigilai/a-slug', 'fix: it')).rejects.toMatchObject({ code: 'refused' });
    expect(userGit(root, 'rev-parse', 'vigilai/a-slug')).toBe(base);
  });

  it('may be a linked worktree', async () => {
    const linked = join(world.folder, 'linked');
    userGit(root, 'worktree', 'add', '-q', '-b', 'side', linked);
    const workspaces = gitWorkspaces({
      run,
      env,
      root: linked,
      workspacesDir: join(world.folder, 'workspaces'),
    });
    const workspace = await workspaces.open(base, 'a-slug');
    writeFiles(workspace.path, { 'app.js': 'x\n' });
    await workspace.seal();
    const commit = await workspace.publish('vigilai/a-slug', 'fix: it');
    expect(userGit(root, 'rev-parse', 'vigilai/a-slug')).toBe(commit);
  });

  it('shows a sandbox its objects and nothing else', async () => {
    const linked = join(world.folder, 'linked');
    userGit(root, 'worktree', 'add', '-q', '-b', 'side', linked);
    for (const at of [root, linked]) {
      expect(await sharedObjects({ run, env }, at)).toEqual([join(root, '.git', 'objects')]);
    }
    expect(await sharedObjects({ run, env }, world.folder)).toEqual([]);
  });

  it('may be a shallow clone', async () => {
    writeFiles(root, { 'app.js': 'more\n' });
    userGit(root, 'commit', '-qam', 'second');
    const origin = join(world.folder, 'origin');
    userGit(world.folder, 'clone', '-q', '--bare', root, origin);
    rmSync(root, { recursive: true });
    userGit(world.folder, 'clone', '-q', '--depth=1', `file://${origin}`, root);
    base = userGit(root, 'rev-parse', 'HEAD');
    const workspace = await open();
    expect(userGit(workspace.path, 'log', '--format=%s')).toBe('second');
    writeFiles(workspace.path, { 'app.js': 'x\n' });
    await workspace.seal();
    const commit = await workspace.publish('vigilai/a-slug', 'fix: it');
    expect(userGit(root, 'rev-parse', 'vigilai/a-slug')).toBe(commit);
  });
});

/** What agents have been seen to do, and worse. */
function misbehave(path: string, remote: string): void {
  writeFiles(path, { 'app.js': 'wip\n' });
  userGit(path, 'stash', '-q');
  userGit(path, 'config', 'user.name', 'Mallory');
  userGit(path, 'config', 'core.hooksPath', '.evil');
  userGit(path, 'config', 'filter.x.clean', 'touch HOOKED');
  writeFiles(path, {
    '.git/hooks/post-commit': '#!/bin/sh\ntouch HOOKED\n',
    '.git/info/exclude': 'app.js\n',
  });
  userGit(path, 'checkout', '-q', '-b', 'mine');
  writeFiles(path, { 'committed.js': 'c\n' });
  userGit(path, 'add', '-A');
  userGit(path, 'commit', '-q', '-m', 'mine');
  userGit(path, 'update-ref', '-d', 'refs/heads/vigilai/work');
  expect(() => userGit(path, 'push', '-q', 'origin', 'mine')).toThrow();
  expect(existsSync(remote)).toBe(true);
  writeFileSync(join(path, '.git', 'config'), 'not a config [');
  rmSync(join(path, '.git', 'index'));
}

/** Every file below the repository, with content, mode and link target; objects and our branch aside. */
function fingerprint(folder: string): Record<string, string> {
  const seen: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(path)) {
      const file = join(path, name);
      const key = relative(folder, file);
      if (key === '.git/objects' || key === '.git/refs/heads/vigilai') continue;
      const stat = lstatSync(file);
      if (stat.isDirectory()) visit(file);
      const content = stat.isSymbolicLink() ? readlinkSync(file) : stat.isFile() ? readFileSync(file) : '';
      seen[key] = `${stat.mode} ${createHash('sha256').update(content).digest('hex')}`;
    }
  };
  visit(folder);
  return seen;
}
