import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dockerSource } from '../../../src/adapters/sources/docker/docker-source.ts';
import { dockerSourceSchema } from '../../../src/adapters/sources/docker/options.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { CarriedLine } from '../../../src/domain/event.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Batch, Cursor, Source } from '../../../src/ports/source.ts';
import { sourceContract } from '../../contract/source.ts';
import { type FakeContainer, FIRST_TIME } from '../../support/fake-docker/container.ts';
import { type FakeEngine, fakeEngine } from '../../support/fake-docker/engine.ts';
import { type Reading, startReading } from '../../support/reading.ts';

/** Pauses between two tries are over soon. */
const impatient: Clock = {
  ...systemClock(),
  sleep: (ms, signal) => systemClock().sleep(ms > 10_000 ? ms : Math.min(ms, 20), signal),
};

let root: string;
let engine: FakeEngine;
let readings: Reading[];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-docker-'));
  engine = fakeEngine(join(root, 'engine.sock'));
  readings = [];
  await engine.start();
});
afterEach(async () => {
  for (const reading of readings.splice(0)) await reading.stop();
  await engine.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Asked {
  readonly names?: readonly string[];
  readonly labels?: readonly string[];
  readonly composeProject?: string;
  readonly since?: string;
  readonly host?: string | null;
}

function sourceOf(asked: Asked = {}, env: NodeJS.ProcessEnv = {}): Source {
  const given = { type: 'docker', name: 'docker', since: 'oldest', host: engine.host, ...asked };
  return dockerSource(dockerSourceSchema.parse(given), { clock: impatient, env });
}

function read(source: Source = sourceOf(), from: readonly Cursor[] = []): Reading {
  const reading = startReading(source, from);
  readings.push(reading);
  return reading;
}

const carried = (reading: Reading): readonly CarriedLine[] =>
  reading.batches.flatMap(({ records }) => records) as CarriedLine[];

/** A cursor at the beginning of each record. */
const beginnings = (batches: readonly Batch[]): readonly Cursor[] =>
  batches.flatMap(({ stream, offsets, marks }) =>
    offsets.map((offset, i) => ({ stream, offset, mark: marks?.[i] ?? null })),
  );

const numbered = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `line ${from + i}\n`).join('');

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `line ${i}`);

/** Reads on from every place that was given, and expects the same records each time. */
async function expectSeamless(whole: Reading): Promise<void> {
  await whole.stop();
  for (const [n, cursor] of beginnings(whole.batches).entries()) {
    const again = read(sourceOf(), [cursor]);
    await again.until(() => again.lines().length >= whole.lines().length - n);
    await again.stop();
    expect(again.places()).toEqual(whole.places().slice(n));
  }
}

sourceContract('a container', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigilai-container-'));
  const own = fakeEngine(join(folder, 'engine.sock'));
  await own.start();
  const container = own.run('shop');
  return {
    open: () => sourceOf({ host: own.host }),
    write: async (text) => container.write(text),
    drop: async () => {
      await own.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    offsets: 'records',
    keeps: 'all',
    lineOf: null,
  };
});

describe('a line', () => {
  it('carries its time, the pipe it came through and whose it is', async () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web', secret: 'x' };
    const shop = engine.run('shop-web-1', { image: 'shop:2', labels });
    shop.write('out\n');
    shop.write('oops\n', 'stderr');
    const reading = read();
    await reading.until(() => reading.lines().length === 2);
    const metadata = { container: 'shop-web-1', image: 'shop:2', project: 'shop', service: 'web' };
    const at = Number(FIRST_TIME / 1_000_000n);
    const common = { type: 'line', level: null, partial: false, metadata };
    expect(carried(reading)).toEqual([
      { ...common, text: 'out', timestamp: at, lane: 'stdout' },
      { ...common, text: 'oops', timestamp: at + 1, lane: 'stderr' },
    ]);
  });

  it('is the same however the stream is cut, with a terminal and without', async () => {
    engine.quirks.cut = (bytes) => Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    for (const tty of [false, true]) {
      const container = engine.run(`c${tty}`, { tty });
      container.write('grüße\n\n  spaced  \n');
      const reading = read(sourceOf({ names: [`c${tty}`] }));
      await reading.until(() => reading.lines().length === 3);
      container.write('日本語\n');
      await reading.until(() => reading.lines().length === 4);
      expect(reading.lines()).toEqual(['grüße', '', '  spaced  ', '日本語']);
    }
  });

  it('of more than 16 KiB comes in pieces, and no character is lost between them', async () => {
    const long = `${'a'.repeat(16 * 1024 - 1)}ü${'b'.repeat(20_000)}`;
    for (const tty of [false, true]) {
      engine.run(`c${tty}`, { tty }).write(`${long}\nshort\n`);
      const reading = read(sourceOf({ names: [`c${tty}`] }));
      await reading.until(() => reading.lines().at(-1) === 'short');
      const pieces = carried(reading);
      expect(pieces.map(({ partial }) => partial)).toEqual([true, true, false, false]);
      expect(
        pieces
          .slice(0, 3)
          .map(({ text }) => text)
          .join(''),
      ).toBe(long);
    }
  });

  it('without an end is told when its container is gone', async () => {
    for (const tty of [false, true]) {
      const container = engine.run(`c${tty}`, { tty });
      container.write('whole\npassword: ');
      const reading = read(sourceOf({ names: [`c${tty}`] }));
      await reading.until(() => reading.lines().includes('whole'));
      engine.remove(container);
      await reading.until(() => reading.ended().length === 1);
      expect(reading.lines()).toEqual(['whole', 'password: ']);
    }
  });

  it('of a message beyond 1 MiB is cut there, and that is counted', async () => {
    const shop = engine.run('shop');
    const bytes = Buffer.concat([Buffer.alloc(1024 * 1024 + 100_000, 'x'), Buffer.from('\n')]);
    shop.log({ lane: 'stdout', time: FIRST_TIME, bytes });
    shop.write('next\n', 'stdout', FIRST_TIME + 1n);
    const source = sourceOf();
    const reading = read(source);
    await reading.until(() => reading.lines().length === 2);
    expect(reading.lines()[0]?.length).toBe(1024 * 1024 - '2026-01-05T12:00:00.000000000Z '.length);
    expect(reading.lines()[1]).toBe('next');
    expect(source.health().dropped).toBe(1);
  });
});

describe('the seam of two readings', () => {
  it('holds where many lines bear the same time', async () => {
    const shop = engine.run('shop');
    for (let i = 0; i < 12; i += 1) {
      shop.write(`line ${i}\n`, i % 3 === 0 ? 'stderr' : 'stdout', FIRST_TIME + BigInt(Math.floor(i / 4)));
    }
    const whole = read();
    await whole.until(() => whole.lines().length === 12);
    await expectSeamless(whole);
  });

  it.each(['each', 'first'])(
    'holds where lines are not in the order of their times (since: %s)',
    async (how) => {
      engine.quirks.sinceHoldsForEach = how === 'each';
      const shop = engine.run('shop');
      const times = [0, 5, 3, 5, 4, 9, 9, 1, 9, 8, 20, 15, 2, 21].map((ms) => BigInt(ms) * 1_000_000n);
      for (const [i, ms] of times.entries()) shop.write(`line ${i}\n`, 'stdout', FIRST_TIME + ms);
      const whole = read();
      await whole.until(() => whole.lines().length === times.length);
      await expectSeamless(whole);
    },
  );

  it('holds within a long line whose other lane has spoken in between', async () => {
    const shop = engine.run('shop');
    const piece = (text: string, ms: bigint, lane: 'stdout' | 'stderr' = 'stdout') =>
      shop.log({ lane, time: FIRST_TIME + ms * 1_000_000n, bytes: Buffer.from(text) });
    piece('one ', 0n);
    piece('warn\n', 2n, 'stderr');
    piece('two ', 0n);
    piece('warn again\n', 2000n, 'stderr');
    piece('three\n', 0n);
    piece('end\n', 2001n);
    const whole = read();
    await whole.until(() => whole.lines().length === 6);
    await expectSeamless(whole);
  });

  it('holds with an engine that leaves out the moment that it is asked for', async () => {
    engine.quirks.sinceIsExclusive = true;
    engine.run('shop').write(numbered(6));
    const whole = read();
    await whole.until(() => whole.lines().length === 6);
    await expectSeamless(whole);
  });

  it('goes on with what is left when the log was rotated meanwhile, and says so', async () => {
    const shop = engine.run('shop');
    shop.write(numbered(5));
    const first = read();
    await first.until(() => first.lines().length === 5);
    await first.stop();
    shop.write(numbered(5, 5));
    shop.forget(7);
    shop.write('late\n', 'stdout', FIRST_TIME + 10_000_000_000n);
    const source = sourceOf();
    const second = read(source, first.cursors());
    await second.until(() => second.lines().at(-1) === 'late');
    expect(second.places().map((place) => place.split('@')[1])).toEqual([
      '5 line 7',
      '6 line 8',
      '7 line 9',
      '8 late',
    ]);
    expect(source.health()).toMatchObject({ dropped: 1, state: 'idle' });
    expect(source.health().lastError).toContain('no longer has the line');
  });
});

describe('the beginning', () => {
  it('is now, and what a container says from then on is read whole, after a restart too', async () => {
    const now = () => BigInt(Date.now()) * 1_000_000n;
    const old = engine.run('old');
    old.write('before\n');
    const first = read(sourceOf({ since: 'now' }));
    await first.until(() => first.cursors().length === 1);
    await first.stop();
    old.write('after\n', 'stdout', now());
    const fresh = engine.run('fresh');
    fresh.write('hello\n', 'stdout', now());
    const second = read(sourceOf({ since: 'now' }), first.cursors());
    await second.until(() => second.lines().length === 2);
    expect(second.lines().toSorted()).toEqual(['after', 'hello']);
    expect(second.batches.flatMap(({ offsets }) => offsets)).toEqual([0, 0]);
  });

  it('is now by the clock of the engine', async () => {
    const hour = 3_600_000_000_000n;
    engine.quirks.now = () => FIRST_TIME + hour;
    const shop = engine.run('shop');
    shop.write('an hour ago\n');
    shop.write('in an hour\n', 'stdout', FIRST_TIME + hour * 2n);
    const reading = read(sourceOf({ since: 'now' }));
    await reading.until(() => reading.lines().length > 0);
    expect(reading.lines()).toEqual(['in an hour']);
  });

  it('is the first line of a container that starts later', async () => {
    const reading = read(sourceOf({ since: 'now' }));
    await expect.poll(() => engine.asked).toContain('/containers/json');
    const shop = engine.run('shop');
    shop.write('one\n', 'stdout', BigInt(Date.now()) * 1_000_000n);
    await reading.until(() => reading.lines().length === 1);
    expect(reading.lines()).toEqual(['one']);
  });
});

describe('which containers', () => {
  const compose = (project: string) => ({ 'com.docker.compose.project': project, tier: 'web' });
  it.each([
    [{}, ['api', 'shop-1', 'shop-2']],
    [{ names: ['shop-*'] }, ['shop-1', 'shop-2']],
    [{ names: ['api', 'shop-2'] }, ['api', 'shop-2']],
    [{ composeProject: 'shop' }, ['shop-1', 'shop-2']],
    [{ labels: ['tier=web'], names: ['*-2'] }, ['shop-2']],
    [{ labels: ['tier', 'own'] }, ['api']],
  ] as const)('%j', async (asked, expected) => {
    engine.run('api', { labels: { tier: 'web', own: '' } }).write('api\n');
    engine.run('shop-1', { labels: compose('shop') }).write('shop-1\n');
    engine.run('shop-2', { labels: compose('shop') }).write('shop-2\n');
    const reading = read(sourceOf(asked));
    await reading.until(() => reading.lines().length >= expected.length);
    expect(reading.lines().toSorted()).toEqual(expected);
    expect(reading.cursors()).toHaveLength(expected.length);
  });

  it('follows one that is renamed into what is asked for, and back', async () => {
    const shop = engine.run('other');
    shop.write('one\n');
    const reading = read(sourceOf({ names: ['shop'] }));
    await expect.poll(() => engine.asked).toContain('/containers/json');
    shop.rename('shop');
    await reading.until(() => reading.lines().length === 1);
    shop.rename('other');
    engine.run('shop').write('other one\n');
    await reading.until(() => reading.lines().length === 2);
    shop.write('two\n');
    shop.rename('shop');
    await reading.until(() => reading.lines().length === 3);
    expect(reading.lines()).toEqual(['one', 'other one', 'two']);
  });
});

describe('a container', () => {
  it('is read on when it starts again, in one stream', async () => {
    const shop = engine.run('shop');
    const reading = read();
    for (let round = 0; round < 5; round += 1) {
      shop.write(numbered(3, round * 3));
      if (round < 4) await reading.until(() => reading.lines().length === (round + 1) * 3);
      shop.stop();
      shop.start();
    }
    await reading.until(() => reading.lines().length === 15);
    expect(reading.lines()).toEqual(numbers(15));
    expect(reading.batches.flatMap(({ offsets }) => offsets)).toEqual(
      Array.from({ length: 15 }, (_, i) => i),
    );
    expect(reading.ended()).toEqual([]);
  });

  it('that was over before anybody looked is read all the same', async () => {
    const reading = read();
    await expect.poll(() => engine.asked).toContain('/containers/json');
    const short = engine.run('short');
    short.write('hello\n');
    short.stop();
    await reading.until(() => reading.lines().length === 1);
    expect(reading.ended()).toEqual([]);
  });

  it('that is removed while it is read is read to its end, and over', async () => {
    const shop = engine.run('shop');
    shop.write(numbered(1000));
    const source = sourceOf();
    const reading = read(source);
    await reading.until(() => reading.lines().length > 0);
    shop.write(numbered(1000, 1000));
    engine.remove(shop);
    await reading.until(() => reading.ended().length === 1);
    expect(reading.lines()).toEqual(numbers(2000));
    expect(source.health()).toMatchObject({ streams: 0, state: 'waiting' });
  });

  it('that was removed while nobody read is over', async () => {
    const shop = engine.run('shop');
    shop.write('one\n');
    const first = read();
    await first.until(() => first.lines().length === 1);
    await first.stop();
    engine.remove(shop);
    const second = read(sourceOf(), first.cursors());
    await second.until(() => second.ended().length === 1);
    expect(second.ended()).toEqual([shop.id]);
  });

  it.each([
    [501, 'configured logging driver does not support reading'],
    [409, 'can not get logs from container which is dead or marked for removal'],
    [500, 'error from daemon in stream: Error grabbing logs'],
  ])(
    'whose log is refused (%i) is said so, hurts no other, and is not asked again and again',
    async (status, message) => {
      const mute = engine.run('mute');
      engine.quirks.refusals.set(mute.id, { status, message });
      const source = sourceOf();
      const reading = read(source);
      await expect.poll(() => source.health().state).toBe('failing');
      expect(source.health().lastError).toContain('mute: ');
      expect(source.health().lastError).toContain(message);
      const shop = engine.run('shop');
      shop.write(numbered(100));
      await reading.until(() => reading.lines().length === 100);
      expect(source.health().state).toBe('idle');
      expect(engine.asked.filter((path) => path === `/containers/${mute.id}/logs`).length).toBeLessThan(5);
      engine.quirks.refusals.clear();
      mute.write('finally\n');
      mute.stop();
      await reading.until(() => reading.lines().length === 101);
      expect(source.health().lastError).toBeNull();
    },
  );

  it('that breaks the protocol is said so, and hurts no other', async () => {
    const odd = engine.run('odd');
    const shop = engine.run('shop');
    const source = sourceOf();
    const reading = read(source);
    shop.write('one\n');
    await reading.until(() => reading.lines().length === 1);
    engine.quirks.cut = () => [Buffer.from('HTTP/1.1 garbage')];
    odd.write('x\n');
    await expect.poll(() => source.health().lastError).toContain('odd: ');
    engine.quirks.cut = (bytes) => [bytes];
    shop.write('two\n');
    await reading.until(() => reading.lines().length === 2);
    expect(source.health().state).toBe('idle');
  });
});

describe('the engine', () => {
  it('that is not there is said so, and waited for', async () => {
    await engine.stop();
    const source = sourceOf();
    const reading = read(source);
    await expect.poll(() => source.health().state).toBe('failing');
    expect(source.health().lastError).toContain('engine.sock');
    engine.run('shop').write('hello\n');
    await engine.start();
    await reading.until(() => reading.lines().length === 1);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
  });

  it('that goes away and comes back costs no line and repeats none', async () => {
    const containers = ['a', 'b', 'c'].map((name) => engine.run(name, { tty: name === 'c' }));
    const source = sourceOf();
    const reading = read(source);
    for (let round = 0; round < 10; round += 1) {
      for (const one of containers) one.write(numbered(200, round * 200));
      if (round % 2 === 0) await reading.until(() => reading.lines().length > round * 600);
      await engine.stop();
      await engine.start();
    }
    await reading.until(() => reading.lines().length >= 6000);
    for (const { id } of containers) expect(linesOf(reading, id)).toEqual(numbers(2000));
    expect(source.health()).toMatchObject({ lastError: null, dropped: 0, streams: 3 });
  });

  it('that sends no headers before the first line is read like any other', async () => {
    engine.quirks.lateHeaders = true;
    engine.run('silent');
    const shop = engine.run('shop');
    shop.write('one\n');
    const reading = read();
    await reading.until(() => reading.lines().length === 1);
    await reading.stop();
  });

  it('is looked for where DOCKER_HOST says', async () => {
    engine.run('shop').write('one\n');
    const reading = read(sourceOf({ host: null }, { DOCKER_HOST: engine.host }));
    await reading.until(() => reading.lines().length === 1);
  });

  it('over ssh is refused in words', async () => {
    const source = sourceOf({ host: null }, { DOCKER_HOST: 'ssh://me@host' });
    read(source);
    await expect.poll(() => source.health().lastError).toContain('no way over ssh');
  });

  it('keeps what nobody takes', async () => {
    const shop = engine.run('shop');
    shop.write(`${'x'.repeat(1000)}\n`.repeat(20_000));
    const source = sourceOf();
    const abort = new AbortController();
    const batches = source.read([], abort.signal)[Symbol.asyncIterator]();
    let first = await batches.next();
    while (first.value?.records.length === 0) first = await batches.next();
    await expect.poll(() => source.health().lagBytes).toBeGreaterThan(0);
    expect(source.health()).toMatchObject({ state: 'reading' });
    expect(source.health().lagBytes).toBeLessThan(256 * 1024);
    abort.abort();
    await batches.return?.();
  });

  function linesOf(reading: Reading, id: FakeContainer['id']): readonly string[] {
    const own = reading.batches.filter(({ stream }) => stream === id);
    return own.flatMap(({ records }) => records as readonly CarriedLine[]).map(({ text }) => text);
  }
});
