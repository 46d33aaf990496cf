import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitProposals } from '../../src/adapters/git/proposal.ts';
import { run } from '../../src/adapters/process/run.ts';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { verify } from '../../src/codegen/verify.ts';
import { HONEST, SHOP, SUSPECT } from '../support/buggy-shop.ts';
import { rules } from '../support/fix-samples.ts';
import {
  env,
  type Files,
  namesIn,
  newRepository,
  newWorld,
  sandboxFor,
  toolchainsAt,
  userGit,
  writeFiles,
} from '../support/fix-world.ts';

const world = newWorld();
const root = join(world.folder, 'repo');
const options = { root, workspacesDir: join(world.folder, 'workspaces'), run, env };
const proposals = gitProposals(options);
let base: string;

/** A branch with one commit on the base; the checkout goes back to `main`. */
function branchWith(name: string, files: Files, message: string): void {
  userGit(root, 'switch', '-q', '-c', name, base);
  writeFiles(root, files);
  userGit(root, 'add', '-A');
  userGit(root, 'commit', '-q', '-m', message);
  userGit(root, 'switch', '-q', 'main');
}

beforeAll(() => {
  base = newRepository(root, SHOP);
  const trailer = 'VigilAI-Error: TypeError: Cannot read properties of undefined';
  branchWith('vigilai/total', HONEST, `fix: total\n\n${trailer}`);
  branchWith('vigilai/no-test', { [SUSPECT]: HONEST[SUSPECT] ?? '' }, 'fix: total');
});
afterAll(() => world.remove());

async function verified(name: string) {
  const sandbox = await sandboxFor(root);
  const ports = {
    proposals,
    toolchains: toolchainsAt(root, sandbox),
    parser: treeSitterParser(),
    sandboxName: sandbox.name,
    rules,
    onStep: () => undefined,
  };
  return verify(name, ports, new AbortController().signal);
}

describe('a branch is proven again', () => {
  it('from its commits alone, and leaves nothing behind', async () => {
    const refs = userGit(root, 'for-each-ref');
    const { proof, proposal } = await verified('vigilai/total');
    expect(proof.checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect([proof.proven, proposal.baseCommit]).toEqual([true, base]);
    expect(proof.newTests.map(({ name }) => name)).toEqual(['total > is 0 without lines']);
    expect(userGit(root, 'for-each-ref')).toBe(refs);
    expect(userGit(root, 'status', '--porcelain')).toBe('');
    expect(namesIn(options.workspacesDir)).toEqual([]);
  });

  it('and does not hold where something is missing', async () => {
    const { proof } = await verified('vigilai/no-test');
    expect(proof).toMatchObject({ proven: false });
    expect(proof.checks.at(-1)).toMatchObject({ name: 'baseline', result: 'failed' });
  });
});

describe('what is proposed is found', () => {
  const opened = async (name: string) => {
    const { workspace, ...proposal } = await proposals.open(name);
    await workspace.dispose();
    return proposal;
  };

  it('by the name of a branch or a commit, with the message that tells the fault', async () => {
    const commit = userGit(root, 'rev-parse', 'vigilai/total');
    for (const name of ['vigilai/total', commit]) {
      const found = await opened(name);
      expect(found).toMatchObject({ name, commit, baseCommit: base });
      expect(found.messages).toContain('VigilAI-Error: TypeError');
      expect(found.changes.map(({ path }) => path)).toEqual([SUSPECT, 'test/total.test.js']);
    }
  });

  it('when the base has gone on, and when it has been merged', async () => {
    const commit = userGit(root, 'rev-parse', 'vigilai/total');
    branchWith('later', { 'README.md': 'more\n' }, 'docs');
    userGit(root, 'merge', '-q', '--ff-only', 'later');
    expect(await opened('vigilai/total')).toMatchObject({ commit, baseCommit: base });
    userGit(root, 'merge', '-q', '--no-edit', 'vigilai/total');
    expect(await opened('vigilai/total')).toMatchObject({ commit, baseCommit: base });
    userGit(root, 'reset', '-q', '--hard', base);
  });

  it('by the number of a pull request, from the remote', async () => {
    const remote = join(world.folder, 'remote.git');
    userGit(world.folder, 'clone', '-q', '--bare', root, remote);
    userGit(remote, 'update-ref', 'refs/pull/7/head', 'vigilai/total');
    userGit(root, 'remote', 'add', 'origin', remote);
    const refs = userGit(root, 'for-each-ref');
    expect(await opened('#7')).toMatchObject({ name: 'pull request #7', baseCommit: base });
    expect(userGit(root, 'for-each-ref')).toBe(refs);
    await expect(opened('8')).rejects.toMatchObject({ code: 'unknown_id', exit: 2 });
  });

  it('or it is said that there is none', async () => {
    await expect(opened('vigilai/none')).rejects.toMatchObject({ code: 'unknown_id', exit: 2 });
    await expect(opened('--output=x')).rejects.toMatchObject({ code: 'unknown_id' });
    expect(namesIn(options.workspacesDir)).toEqual([]);
  });
});
