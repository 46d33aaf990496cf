import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/adapters/sources/file/file-source.ts';
import type { MakeWake } from '../../../src/adapters/sources/file/names/wake.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Cursor, Source } from '../../../src/ports/source.ts';
import { type Reading, startReading } from '../../support/reading.ts';

/** Time that runs a hundred times as fast, so that patience is over soon. */
const fast: Clock = {
  now: () => performance.now() * 100,
  sleep: (_, signal) => pause(5, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

let root: string;
const readings: Reading[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-reading-'));
});
afterEach(async () => {
  for (const reading of readings.splice(0)) await reading.stop();
  rmSync(root, { recursive: true, force: true });
});

const at = (name: string) => join(root, name);
const write = (name: string, bytes: string | Buffer) => appendFileSync(at(name), bytes);
const sourceOf = (paths: readonly string[], makeWake?: MakeWake): Source =>
  fileSource({ name: 'app', paths, root, endMarker: null }, fast, makeWake);
function read(source: Source, from: readonly Cursor[] = []): Reading {
  const reading = startReading(source, from);
  readings.push(reading);
  return reading;
}
const has = (reading: Reading, lines: readonly string[]) => () =>
  lines.every((line) => reading.lines().includes(line));

describe('UTF-16', () => {
  const LE = (text: string) => Buffer.from(text, 'utf16le');
  const BE = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each([
    ['little-endian', LE],
    ['big-endian', BE],
  ])(
    'is decoded as its mark says, offsets stay bytes, and reading goes on where it stood: %s',
    async (_, encode) => {
      // U+0A0D and U+0D0A hold the bytes of line ends, and are none.
      write('app.log', encode('\uFEFFgrüße\r\n\u0A0D\u0D0A 日本 😀\r\n'));
      const first = read(sourceOf(['app.log']));
      await first.until(() => first.lines().length === 2);
      expect(first.lines()).toEqual(['grüße', '\u0A0D\u0D0A 日本 😀']);
      expect(first.batches.flatMap(({ offsets }) => offsets)).toEqual([0, 16]);
      await first.stop();
      const more = encode('half a line and the rest\n');
      write('app.log', more.subarray(0, 9));
      const second = read(sourceOf(['app.log']), first.cursors());
      await pause(30);
      expect(second.lines()).toEqual([]);
      write('app.log', more.subarray(9));
      await second.until(() => second.lines().length === 1);
      expect(second.lines()).toEqual(['half a line and the rest']);
      expect(second.batches.at(-1)?.offsets).toEqual([first.cursors()[0]?.offset]);
    },
  );

  it('whose mark has come by half waits for the other half', async () => {
    write('app.log', Buffer.from([0xff]));
    const reading = read(sourceOf(['app.log']));
    await pause(30);
    write('app.log', Buffer.concat([Buffer.from([0xfe]), LE('one\n')]));
    await reading.until(() => reading.lines().length === 1);
    expect(reading.lines()).toEqual(['one']);
  });

  it('with half a character has a replacement character there', async () => {
    write('app.log', LE('\uFEFFa\uD83Db\n'));
    const reading = read(sourceOf(['app.log']));
    await reading.until(() => reading.lines().length === 1);
    expect(reading.lines()).toEqual(['a\uFFFDb']);
  });
});

describe('a file system that gives signs', () => {
  /** The longest wait ends by a sign alone; all others are soon over. */
  function patient(): Clock {
    let now = 0;
    return {
      now: () => now,
      async sleep(ms, signal) {
        if (ms >= 500) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
        now += ms;
        await pause(1);
      },
    };
  }

  it('wakes the reader: for lines, for new files and folders, and for a rotation', async () => {
    mkdirSync(at('logs'));
    write('logs/old.log', 'one\n');
    const source = fileSource(
      { name: 'app', paths: ['logs/*.log', 'later/app.log'], root, endMarker: null },
      patient(),
    );
    const reading = read(source);
    await reading.until(has(reading, ['one']));
    await expect.poll(() => source.health().state).toBe('idle');
    write('logs/old.log', 'two\n');
    await reading.until(has(reading, ['two']));
    write('logs/new.log', 'three\n');
    await reading.until(has(reading, ['three']));
    renameSync(at('logs/new.log'), at('logs/new.old'));
    write('logs/new.log', 'four\n');
    await reading.until(has(reading, ['four']));
    mkdirSync(at('later'));
    write('later/app.log', 'five\n');
    await reading.until(has(reading, ['five']));
  });
});

describe('a file system that gives no signs', () => {
  const silent: MakeWake = () => ({
    watch: () => undefined,
    take: () => ({ changed: [], renamed: [] }),
    next: (clock, ms, signal) => clock.sleep(ms, signal),
    close: () => undefined,
  });

  it('is asked: lines, new files and rotations are found all the same', async () => {
    const reading = read(sourceOf(['*.log'], silent));
    await pause(20);
    write('app.log', 'one\n');
    await reading.until(has(reading, ['one']));
    write('app.log', 'two\n');
    await reading.until(has(reading, ['two']));
    renameSync(at('app.log'), at('app.1'));
    write('app.log', 'three\n');
    write('other.log', 'four\n');
    await reading.until(has(reading, ['three', 'four']));
    await reading.until(() => reading.ended().length === 1);
    expect(reading.lines()).toHaveLength(4);
  });

  it('is asked seldom while nothing comes', async () => {
    write('app.log', 'one\n');
    const waits: number[] = [];
    const noting: MakeWake = (wants) => ({
      ...silent(wants),
      next: (clock, ms, signal) => {
        waits.push(ms);
        return clock.sleep(ms, signal);
      },
    });
    const reading = read(sourceOf(['app.log'], noting));
    await reading.until(() => waits.length > 12);
    expect(waits.slice(0, 9)).toEqual([6, 12, 24, 48, 96, 192, 384, 500, 500]);
  });
});

describe('a line that is too long', () => {
  it('is counted as dropped, also after its file is gone and the reading has begun anew', async () => {
    const source = sourceOf(['*.log']);
    const first = read(source);
    write('app.log', `${'x'.repeat(2 * 1024 * 1024)}\nnext\n`);
    await first.until(has(first, ['next']));
    expect(source.health().dropped).toBe(1);
    unlinkSync(at('app.log'));
    await first.until(() => first.ended().length === 1);
    expect(source.health().dropped).toBe(1);
    await first.stop();
    const second = read(source);
    write('new.log', `${'y'.repeat(2 * 1024 * 1024)}\nlast\n`);
    await second.until(has(second, ['last']));
    expect(source.health().dropped).toBe(2);
  });
});

describe.runIf(process.platform === 'linux')('four hundred files', () => {
  const open = () => readdirSync('/proc/self/fd').length;

  it('are read with two hundred descriptors, and each goes on when it grows, is rotated or truncated', async () => {
    const names = Array.from({ length: 400 }, (_, i) => `${i}.log`);
    for (const name of names) write(name, `first of ${name}\nhal`);
    const before = open();
    const source = sourceOf(['*.log']);
    const reading = read(source);
    await reading.until(() => reading.lines().length === names.length);
    expect(open() - before).toBeLessThan(230);
    expect(source.health()).toMatchObject({ streams: 400, lastError: null });
    for (const name of names) write(name, `f of ${name}\n`);
    renameSync(at('0.log'), at('0.old'));
    write('0.old', 'late\n');
    write('0.log', 'new file\n');
    writeFileSync(at('1.log'), 'written over\n');
    await reading.until(() => reading.lines().length >= 2 * names.length + 2 && reading.ended().length >= 2);
    expect(reading.lines()).toContain('half of 399.log');
    expect(has(reading, ['late', 'new file', 'written over'])()).toBe(true);
    expect(new Set(reading.places()).size).toBe(reading.places().length);
    expect(open() - before).toBeLessThan(230);
  });
});

/** Root may read everything, so the reader of this process is somebody else for the while. */
describe.runIf(process.geteuid?.() === 0)('a file that may not be read', () => {
  const NOBODY = 65534;
  const asRoot = (act: () => void) => {
    process.seteuid?.(0);
    act();
    process.seteuid?.(NOBODY);
  };
  beforeEach(() => {
    chmodSync(root, 0o755);
    process.seteuid?.(NOBODY);
  });
  afterEach(() => process.seteuid?.(0));

  it('is said to be so, and is read on where it stood once it may be read again', async () => {
    asRoot(() => write('app.log', 'one\n'));
    const first = read(sourceOf(['app.log']));
    await first.until(has(first, ['one']));
    await first.stop();
    asRoot(() => chmodSync(at('app.log'), 0o600));
    const source = sourceOf(['app.log']);
    const second = read(source, first.cursors());
    await expect
      .poll(() => source.health())
      .toMatchObject({ state: 'failing', lastError: expect.stringMatching(/EACCES/) });
    asRoot(() => {
      write('app.log', 'two\n');
      chmodSync(at('app.log'), 0o644);
    });
    await second.until(has(second, ['two']));
    expect(second.lines()).toEqual(['two']);
    expect(second.ended()).toEqual([]);
    await expect.poll(() => source.health().lastError).toBeNull();
  });
});
