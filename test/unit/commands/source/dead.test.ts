import { describe, expect, it } from 'vitest';
import type { DeadView } from '../../../../src/contract/system-views.ts';
import { runScripted } from '../../../support/scripted-program.ts';
import { idOf, NOON } from '../../../support/views.ts';

const letter: DeadView = {
  id: idOf('a'),
  source: 'x'.repeat(64),
  stream: 's',
  offset: 7,
  at: NOON,
  reason: `RangeError: ${'far '.repeat(100)}`,
  text: `\u001b[2Jhello ${'w'.repeat(500)}`,
};
const page = (items: readonly DeadView[]) => () => Promise.resolve({ items: [...items], next: null });

describe('dead', () => {
  it('is a table that fits, however long the reason, the source and the record', async () => {
    const { out } = await runScripted(['dead'], { client: { listDead: page([letter]) } });
    expect(out).toMatch(/^aaaaaaaa {2}x{15}… .* RangeError: far .*… {2}hello w+…$/m);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('shows one in full, with the next step', async () => {
    const client = { showDead: () => Promise.resolve(letter) };
    const { out } = await runScripted(['dead', 'show', 'aaaa'], { client });
    expect(out).toContain(`  hello ${'w'.repeat(500)}\n`);
    expect(out).toContain('next: vigilai dead retry aaaaaaaa, or vigilai dead drop aaaaaaaa\n');
  });

  it('ends with 1 when one failed again', async () => {
    const client = {
      listDead: page([letter]),
      retryDead: () => Promise.resolve({ status: 'failed_again' as const }),
    };
    expect(await runScripted(['dead', 'retry', '--all'], { client })).toMatchObject({
      code: 1,
      out: 'aaaaaaaa: failed again, set aside anew\n',
    });
  });

  it('drops all, and says so when there is none', async () => {
    const dropped: string[] = [];
    const dropDead = ({ id }: { readonly id: string }) => {
      dropped.push(id);
      return Promise.resolve({ status: 'dropped' as const });
    };
    const all = await runScripted(['dead', 'drop', '--all'], {
      client: { listDead: page([letter]), dropDead },
    });
    expect(all).toMatchObject({ code: 0, out: '1 dropped\n' });
    expect(dropped).toEqual([letter.id]);
    const none = await runScripted(['dead', 'drop', '--all'], { client: { listDead: page([]), dropDead } });
    expect(none).toMatchObject({ code: 0, out: 'No dead letter.\n' });
  });

  it('asks for an id, or --all', async () => {
    const { code, err } = await runScripted(['dead', 'drop']);
    expect(code).toBe(2);
    expect(err).toContain('it needs an id, or --all');
  });
});
