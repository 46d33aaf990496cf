import { describe, expect, it } from 'vitest';
import { VigilError } from '../../../../src/domain/errors.ts';
import type { House } from '../../../../src/ports/house.ts';
import type { Toolchain } from '../../../../src/ports/toolchain.ts';
import type { Proposal } from '../../../../src/ports/workspace.ts';
import { aChange, rules } from '../../../support/fix-samples.ts';
import { runScripted } from '../../../support/scripted-program.ts';

/** A house with one proposal that brings no test, so that its proof fails at once. */
function houseWith(changes: Proposal['changes']) {
  const opened: string[] = [];
  const written: string[] = [];
  const disposed: string[] = [];
  const workspace = {
    path: '/none',
    checkout: async () => undefined,
    dispose: async () => void disposed.push('gone'),
  };
  const toolchain: Toolchain = {
    name: 'scripted',
    language: 'javascript',
    framework: null,
    isTest: () => false,
    run: () => Promise.reject(new Error('nothing is run')),
    command: () => Promise.reject(new Error('nothing is run')),
    rerun: () => [],
  };
  const house: Partial<House> = {
    branchOfFix: async (id) => (id === '0190aaaa' ? 'vigilai/x' : null),
    proposals: {
      open: async (name) => {
        opened.push(name);
        if (name === 'none') throw new VigilError('unknown_id', { what: 'there is no branch called none' });
        const commit = 'c'.repeat(40);
        const baseCommit = 'b'.repeat(40);
        return { name, commit, baseCommit, messages: '', changes, workspace };
      },
    },
    toolchains: () => ({ detect: async () => toolchain }),
    parser: { parse: async () => null },
    sandboxName: 'bubblewrap',
    fixRules: rules,
    writeText: async (path, parts) => {
      for await (const part of parts) written.push(`${path}: ${part}`);
    },
  };
  return { house, opened, written, disposed };
}

const changes = [aChange('src/a.js', 'a\n', 'b\n')];

describe('verify', () => {
  it('ends with 7 where the proof does not hold, and says at what', async () => {
    const { house, written, disposed } = houseWith(changes);
    const { code, out, err } = await runScripted(['verify', 'vigilai/x', '--log', 'proof.log'], { house });
    expect(code).toBe(7);
    expect(out).toContain('The proof does not hold: vigilai/x at cccccccccccc, on bbbbbbbbbbbb');
    expect(out).toMatch(/✔ size, places, contents[^]*✘ tests run before the fix {5}no test was added/);
    expect(err).toContain('… proof: tests run before the fix');
    expect(written.join('')).toContain('proof.log: == policy: ok');
    expect(disposed).toEqual(['gone']);
  });

  it('prints JSON, and finds the branch of a fix by its id', async () => {
    const { house, opened } = houseWith(changes);
    const { out } = await runScripted(['verify', '0190aaaa', '--json'], { house });
    expect(opened).toEqual(['vigilai/x']);
    expect(JSON.parse(out)).toMatchObject({
      name: 'vigilai/x',
      holds: false,
      proof: {
        proven: false,
        checks: [{ name: 'policy', result: 'ok' }, { name: 'tamper' }, { name: 'baseline' }],
      },
    });
  });

  it('ends with 2 where there is nothing of that name, or nothing is changed', async () => {
    expect((await runScripted(['verify', 'none'], { house: houseWith(changes).house })).code).toBe(2);
    expect((await runScripted(['verify', 'x'], { house: houseWith([]).house })).code).toBe(2);
  });
});
