import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, type LockOptions } from '../../../src/daemon/lock.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

let folder: string;
let path: string;
const clock = virtualClock();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigilai-lock-'));
  path = join(folder, 'daemon.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nobody = async () => false;
const somebody = async () => true;
const want = (changes: Partial<LockOptions> = {}) =>
  acquireLock({ path, version: '1', clock, listens: nobody, ...changes });
const dead = JSON.stringify({ pid: 2 ** 22 + 1, token: 'gone', version: '1' });
const alive = JSON.stringify({ pid: process.pid, token: 'other', version: '1' });

describe('lock', () => {
  it('has one holder, and can be had again after it', async () => {
    const first = await want();
    expect(await want({ listens: somebody })).toBeNull();
    first?.release();
    const second = await want();
    expect([first?.held(), second?.held()]).toEqual([false, true]);
    expect(readdirSync(folder)).toEqual(['daemon.lock']);
  });

  it('goes to exactly one of many who ask at once', async () => {
    writeFileSync(path, dead);
    const locks = await Promise.all(Array.from({ length: 8 }, () => want({ listens: somebody })));
    expect(locks.filter((lock) => lock?.held())).toHaveLength(1);
    expect(locks.filter((lock) => lock === null)).toHaveLength(7);
  });

  it.each([
    ['a holder that is dead', dead],
    ['half a lock', '{"pid":'],
    ['nothing', ''],
  ])('is taken from %s', async (_, text) => {
    writeFileSync(path, text);
    expect((await want())?.held()).toBe(true);
  });

  it('waits for a holder that is just leaving or starting, and takes it from one that never listens', async () => {
    writeFileSync(path, alive);
    let answer: unknown = 'none yet';
    const asked = want().then((lock) => (answer = lock?.held()));
    await clock.advance(4_000);
    expect(answer).toBe('none yet');
    await clock.advance(2_000);
    await asked;
    expect(answer).toBe(true);
  });

  it('releases only what is its own', async () => {
    const lock = await want();
    writeFileSync(path, alive);
    lock?.release();
    expect(readdirSync(folder)).toEqual(['daemon.lock']);
  });
});
