import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/adapters/sources/file/file-source.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Cursor } from '../../../src/ports/source.ts';
import { type Reading, startReading } from '../../support/reading.ts';

/** Time that runs a hundred times as fast, so that five seconds of patience are over soon. */
const fast: Clock = {
  now: () => performance.now() * 100,
  sleep: (_, signal) => pause(5, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

let root: string;
let wroteAt = 0;
const readings: Reading[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-rotation-'));
  wroteAt = Date.now() / 1000 - 10_000;
});
afterEach(async () => {
  for (const reading of readings.splice(0)) await reading.stop();
  rmSync(root, { recursive: true, force: true });
});

const at = (name: string) => join(root, name);
/** A minute after the write before. */
function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  appendFileSync(at(name), text);
  wroteAt += 60;
  utimesSync(at(name), wroteAt, wroteAt);
}
function read(paths: readonly string[], from: readonly Cursor[] = []): Reading {
  const reading = startReading(fileSource({ name: 'app', paths, root, endMarker: null }, fast), from);
  readings.push(reading);
  return reading;
}
const has = (reading: Reading, lines: readonly string[]) => () =>
  lines.every((line) => reading.lines().includes(line));
/** Reads until all these lines are there, and answers where it stood. */
async function readUntil(lines: readonly string[], paths: readonly string[] = ['app.log']) {
  const reading = read(paths);
  await reading.until(has(reading, lines));
  await reading.stop();
  return reading.cursors();
}
/** What gzip does: it keeps the time of the file, and gives it another inode. */
function pack(name: string, to = `${name}.gz`): void {
  writeFileSync(at(to), gzipSync(readFileSync(at(name))));
  utimesSync(at(to), wroteAt, wroteAt);
  unlinkSync(at(name));
}

describe('several rotations between two looks', () => {
  it('are all read, when the daemon was down', async () => {
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    write('app.log', 'two\n');
    renameSync(at('app.log'), at('app.log.3'));
    write('app.log', 'three\n');
    renameSync(at('app.log'), at('app.log.2'));
    write('app.log', 'four\n');
    renameSync(at('app.log'), at('app.log.1'));
    write('app.log', 'five\n');
    const second = read(['app.log'], cursors);
    await second.until(() => second.ended().length === 3 && second.lines().length >= 4);
    expect(second.lines().toSorted()).toEqual(['five', 'four', 'three', 'two']);
    expect(second.cursors()).toHaveLength(1);
  });

  it('are all read while it runs', async () => {
    write('app.log', 'one\n');
    const reading = read(['app.log']);
    await reading.until(has(reading, ['one']));
    write('app.log', 'two\n');
    renameSync(at('app.log'), at('app.log-20260701'));
    write('app.log', 'three\n');
    renameSync(at('app.log'), at('app.log-20260702'));
    write('app.log', 'four\n');
    await reading.until(() => reading.ended().length === 2 && reading.lines().includes('four'));
    expect(reading.lines().toSorted()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('leave older generations and other files alone', async () => {
    write('app.log.2', 'of yesterday\n');
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    renameSync(at('app.log.2'), at('app.log.3'));
    renameSync(at('app.log'), at('app.log.2'));
    write('app.log.bak', 'no generation\n');
    write('other.log.1', 'of another\n');
    write('app.log', 'two\n');
    const second = read(['app.log'], cursors);
    await second.until(() => second.ended().length === 1);
    expect(second.lines()).toEqual(['two']);
  });

  it('are told of before the first of them ends, so that a restart in between loses none', async () => {
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    renameSync(at('app.log'), at('app.log.2'));
    write('app.log', 'two\n');
    renameSync(at('app.log'), at('app.log.1'));
    const second = read(['app.log'], cursors);
    await second.until(() => second.ended().length === 2);
    const before = second.batches.slice(
      0,
      second.batches.findIndex(({ ended }) => ended),
    );
    expect(new Set(before.map(({ stream }) => stream)).size).toBe(2);
    expect(second.ended()[0]).toBe(cursors[0]?.stream);
  });

  it('need no new file: with nocreate the old one is read out and the next one is waited for', async () => {
    write('app.log', 'one\n');
    const reading = read(['app.log']);
    await reading.until(has(reading, ['one']));
    renameSync(at('app.log'), at('app.log.1'));
    write('app.log.1', 'two\n');
    await reading.until(() => reading.ended().length === 1);
    write('app.log', 'three\n');
    await reading.until(has(reading, ['three']));
    expect(reading.lines()).toEqual(['one', 'two', 'three']);
  });
});

describe('files that were packed while the daemon was down', () => {
  it.each(['app.log.1.gz', 'app.log-20260701.gz', 'app-2026-07-01.log.gz'])(
    'are read from the cursor to their end: %s',
    async (name) => {
      write('app.log', 'one\ntwo\n');
      const cursors = await readUntil(['two']);
      write('app.log', 'three\nfour without an end');
      pack('app.log', name);
      write('app.log', 'five\n');
      const second = read(['app.log'], cursors);
      await second.until(() => second.ended().length === 1 && second.lines().includes('five'));
      expect(second.lines().toSorted()).toEqual(['five', 'four without an end', 'three']);
      expect(second.ended()).toEqual([cursors[0]?.stream]);
    },
  );

  it('may be several, and are read on after a restart in the midst of them', async () => {
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    write('app.log', 'two\n');
    pack('app.log', 'app.log.3.gz');
    write('app.log', Array.from({ length: 9_000 }, (_, i) => `three ${i}\n`).join(''));
    pack('app.log', 'app.log.2.gz');
    write('app.log', 'four\n');
    renameSync(at('app.log'), at('app.log.1'));
    const second = read(['app.log'], cursors);
    await second.until(has(second, ['three 0']));
    await second.stop();
    const third = read(['app.log'], second.cursors());
    await third.until(() => third.cursors().length === 0);
    const all = [...second.lines(), ...third.lines()];
    expect(all).toHaveLength(9_002);
    expect(new Set(all).size).toBe(9_002);
  });

  it('are not mistaken: another file that begins alike, or is too short, is left alone', async () => {
    const banner = `# ${'fields '.repeat(50)}\n`;
    write('app.log', `${banner}a long line that was read\n`);
    const cursors = await readUntil(['a long line that was read']);
    unlinkSync(at('app.log'));
    write('short', `${banner}x\n`);
    pack('short', 'app.log.1.gz');
    write('longer', `${banner}something that has no line end where the cursor stands\n`);
    pack('longer', 'app.log.2.gz');
    writeFileSync(at('app.log.3.gz'), 'not packed at all');
    const second = read(['app.log'], cursors);
    await second.until(() => second.ended().length === 1);
    expect(second.lines()).toEqual([]);
  });

  it('are said to be damaged, when they are: what can be read is read', async () => {
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    write('app.log', Array.from({ length: 20_000 }, (_, i) => `${i} ${Math.sin(i)}\n`).join(''));
    const packed = gzipSync(readFileSync(at('app.log')));
    unlinkSync(at('app.log'));
    writeFileSync(at('app.log.1.gz'), packed.subarray(0, packed.length - 2_000));
    const source = fileSource({ name: 'app', paths: ['app.log'], root, endMarker: null }, fast);
    const second = startReading(source, cursors);
    readings.push(second);
    await second.until(() => second.ended().length === 1);
    expect(second.lines().length).toBeGreaterThan(1_000);
    expect(source.health().lastError).toMatch(/app.log.1.gz cannot be unpacked: Z_BUF_ERROR/);
  });
});

describe('copytruncate while the daemon was down', () => {
  it('reads the rest in the copy', async () => {
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    write('app.log', 'two\n');
    copyFileSync(at('app.log'), at('app.log.1'));
    truncateSync(at('app.log'));
    write('app.log', 'a longer line than all before\n');
    const second = read(['app.log'], cursors);
    await second.until(() => second.ended().length === 1 && second.lines().length === 2);
    expect(second.lines().toSorted()).toEqual(['a longer line than all before', 'two']);
  });
});

describe('a file that has the inode of one that was read', () => {
  it('is another file when it begins otherwise', async () => {
    // Whether a deleted file's inode is given away again is up to the system; written over, it is for certain.
    write('app.log', 'one\n');
    const cursors = await readUntil(['one']);
    writeFileSync(at('app.log'), 'two, in a file of its own\n');
    const second = read(['app.log'], cursors);
    await second.until(has(second, ['two, in a file of its own']));
    expect(second.ended()).toEqual([cursors[0]?.stream]);
    expect(second.cursors()[0]?.stream.split(':').slice(0, 2)).toEqual(
      cursors[0]?.stream.split(':').slice(0, 2),
    );
  });
});

describe('links', () => {
  it('that are pointed to another file are a rotation', async () => {
    write('app-1.log', 'one\n');
    symlinkSync(at('app-1.log'), at('current.log'));
    const reading = read(['current.log']);
    await reading.until(has(reading, ['one']));
    write('app-1.log', 'two\n');
    write('app-2.log', 'three\n');
    symlinkSync(at('app-2.log'), at('next'));
    renameSync(at('next'), at('current.log'));
    await reading.until(() => reading.ended().length === 1 && reading.lines().includes('three'));
    expect(reading.lines().toSorted()).toEqual(['one', 'three', 'two']);
    write('app-2.log', 'four\n');
    await reading.until(has(reading, ['four']));
  });

  it('that lead over another one are followed through a rotation, as kubernetes has them', async () => {
    const pod = 'pods/shop_web-1_0a1b/web';
    write('engine/3f/3f-json.log', 'one\n');
    mkdirSync(at(pod), { recursive: true });
    mkdirSync(at('containers'));
    symlinkSync(at('engine/3f/3f-json.log'), at(`${pod}/0.log`));
    symlinkSync(at(`${pod}/0.log`), at('containers/web-1_shop_web-3f.log'));
    const reading = read(['containers/*.log']);
    await reading.until(has(reading, ['one']));
    write('engine/3f/3f-json.log', 'two\n');
    renameSync(at('engine/3f/3f-json.log'), at('engine/3f/3f-json.log.1'));
    write('engine/3f/3f-json.log', 'three\n');
    await reading.until(() => reading.ended().length === 1 && reading.lines().includes('three'));
    unlinkSync(at(`${pod}/0.log`));
    write('engine/9c/9c-json.log', 'four\n');
    symlinkSync(at('engine/9c/9c-json.log'), at(`${pod}/0.log`));
    await reading.until(has(reading, ['four']));
    expect(reading.lines()).toEqual(['one', 'two', 'three', 'four']);
  });
});
