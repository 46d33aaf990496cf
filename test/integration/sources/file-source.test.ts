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
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/adapters/sources/file/file-source.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Batch, Cursor, Source } from '../../../src/ports/source.ts';
import { type Reading, startReading } from '../../support/reading.ts';

/** Time that runs a hundred times as fast, so that five seconds of patience are over soon. */
const fast: Clock = {
  now: () => performance.now() * 100,
  sleep: (_, signal) => pause(5, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

let root: string;
const readings: Reading[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-files-'));
});
afterEach(async () => {
  for (const reading of readings.splice(0)) await reading.stop();
  rmSync(root, { recursive: true, force: true });
});

const at = (name: string) => join(root, name);
const write = (name: string, text: string) => appendFileSync(at(name), text);
const sourceOf = (paths: readonly string[], endMarker: string | null = null): Source =>
  fileSource({ name: 'app', paths, root, endMarker }, fast);

function read(paths: readonly string[] | Source, from: readonly Cursor[] = []): Reading {
  const reading = startReading('read' in paths ? paths : sourceOf(paths), from);
  readings.push(reading);
  return reading;
}

async function all(source: Source, from: readonly Cursor[] = []): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of source.read(from, new AbortController().signal)) batches.push(batch);
  return batches;
}

const has = (reading: Reading, lines: readonly string[]) => () =>
  lines.every((line) => reading.lines().includes(line));

describe('rotation by rename', () => {
  it('finishes the old file, its last line too, then reads the new one', async () => {
    write('app.log', 'one\n');
    const reading = read(['app.log']);
    await reading.until(has(reading, ['one']));
    renameSync(at('app.log'), at('app.log.1'));
    write('app.log.1', 'two\nthree without an end');
    write('app.log', 'four\n');
    await reading.until(() => reading.ended().length === 1 && reading.lines().includes('four'));
    expect(reading.lines().toSorted()).toEqual(['four', 'one', 'three without an end', 'two']);
    expect(reading.cursors()).toHaveLength(1);
  });

  it('follows a file to its new name when the glob knows that too, and reads nothing twice', async () => {
    write('app.log', 'a\n');
    const reading = read(['app.log*']);
    await reading.until(has(reading, ['a']));
    write('app.log', `${'long enough to have another first 256 bytes '.repeat(9)}\n`);
    renameSync(at('app.log'), at('app.log.1'));
    write('app.log', 'b\n');
    await reading.until(has(reading, ['b']));
    await pause(100);
    write('app.log.1', 'late\n');
    await reading.until(has(reading, ['late']));
    expect(reading.lines()).toHaveLength(4);
    expect(reading.ended()).toEqual([]);
    expect(reading.cursors().map(({ mark }) => mark)).toEqual([
      expect.stringContaining('app.log.1"'),
      expect.stringContaining('app.log"'),
    ]);
    await reading.stop();
    const again = read(['app.log*'], reading.cursors());
    write('app.log', 'c\n');
    await again.until(has(again, ['c']));
    expect(again.lines()).toEqual(['c']);
  });

  it('finishes a file that was renamed while nobody read', async () => {
    write('app.log', 'one\n');
    const first = read(['app.log']);
    await first.until(has(first, ['one']));
    await first.stop();
    write('app.log', 'two\n');
    renameSync(at('app.log'), at('app.log.1'));
    write('app.log', 'three\n');
    const second = read(['app.log'], first.cursors());
    await second.until(() => second.ended().length === 1);
    await second.until(has(second, ['three']));
    expect(second.lines().toSorted()).toEqual(['three', 'two']);
    expect(second.ended()).toEqual([first.cursors()[0]?.stream]);
  });

  it('survives twenty rotations under load without losing or repeating a line', async () => {
    const reading = read(['app.log']);
    const expected: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 50; n += 1) {
        expected.push(`${round}-${n}`);
        write('app.log', `${round}-${n}\n`);
      }
      await reading.until(has(reading, [`${round}-0`])); // it has been seen
      renameSync(at('app.log'), at(`app.log.${round}`));
      await pause(1);
    }
    await reading.until(() => reading.lines().length >= expected.length);
    expect(reading.lines().toSorted()).toEqual(expected.toSorted());
  });
});

describe('rotation by truncation', () => {
  it('begins again at the start', async () => {
    write('app.log', 'one\ntwo\n');
    const reading = read(['app.log']);
    await reading.until(has(reading, ['two']));
    copyFileSync(at('app.log'), at('app.log.1'));
    truncateSync(at('app.log'));
    await reading.until(() => reading.ended().length === 1);
    write('app.log', 'three\n');
    await reading.until(has(reading, ['three']));
    expect(reading.lines()).toEqual(['one', 'two', 'three']);
  });

  it('sees it although the file has grown longer than before in between', async () => {
    write('app.log', 'one\n');
    const first = read(['app.log']);
    await first.until(has(first, ['one']));
    await first.stop();
    writeFileSync(at('app.log'), 'something quite different\nand more\n');
    const second = read(['app.log'], first.cursors());
    await second.until(has(second, ['and more']));
    expect(second.lines()).toEqual(['something quite different', 'and more']);
    expect(second.ended()).toEqual([first.cursors()[0]?.stream]);
  });

  it('goes on in the same stream when the new content begins with the same banner', async () => {
    const banner = `${'# fields: a b c '.repeat(20)}\n`;
    write('app.log', `${banner}one\n`);
    const reading = read(['app.log']);
    await reading.until(has(reading, ['one']));
    writeFileSync(at('app.log'), banner);
    await reading.until(() => reading.lines().length === 3);
    write('app.log', 'two\n');
    await reading.until(has(reading, ['two']));
    expect(reading.ended()).toEqual([]);
    expect(reading.cursors()).toMatchObject([{ offset: banner.length + 4 }]);
  });
});

describe('where it goes on', () => {
  it('knows a file that was shorter than the bytes that tell files apart when it was first seen', async () => {
    write('app.log', 'a\n');
    const first = read(['app.log']);
    await first.until(has(first, ['a']));
    await first.stop();
    write('app.log', `${'x'.repeat(1000)}\n`);
    const second = read(['app.log'], first.cursors());
    await second.until(() => second.lines().length > 0);
    expect(second.lines()).toEqual(['x'.repeat(1000)]);
  });

  it('forgets a file that was deleted while nobody read', async () => {
    write('a.log', 'a\n');
    write('b.log', 'b\n');
    const first = read(['*.log']);
    await first.until(has(first, ['a', 'b']));
    await first.stop();
    unlinkSync(at('a.log'));
    const second = read(['*.log'], first.cursors());
    await second.until(() => second.ended().length === 1);
    expect(second.lines()).toEqual([]);
    expect(second.cursors()).toHaveLength(1);
  });

  it('keeps the place in a folder that is not there for now', async () => {
    mkdirSync(at('disk'));
    write('disk/app.log', 'a\n');
    const first = read(['disk/app.log']);
    await first.until(has(first, ['a']));
    await first.stop();
    renameSync(at('disk'), at('unmounted'));
    const second = read(['disk/app.log'], first.cursors());
    await pause(50);
    renameSync(at('unmounted'), at('disk'));
    write('disk/app.log', 'b\n');
    await second.until(has(second, ['b']));
    expect(second.lines()).toEqual(['b']);
    expect(second.ended()).toEqual([]);
  });
});

describe('files that appear', () => {
  it('are found in folders that appear later too', async () => {
    const reading = read(['logs/*/out.log', 'plain.log']);
    await pause(30);
    mkdirSync(at('logs/web'), { recursive: true });
    write('logs/web/out.log', 'web\n');
    write('logs/web/other.txt', 'not asked for\n');
    write('plain.log', 'plain\n');
    await reading.until(has(reading, ['web', 'plain']));
    expect(reading.lines()).toHaveLength(2);
  });

  it('are read once under two names', async () => {
    write('app-1.log', 'one\n');
    symlinkSync(at('app-1.log'), at('current.log'));
    const reading = read(['*.log']);
    await reading.until(has(reading, ['one']));
    write('app-1.log', 'two\n');
    await reading.until(has(reading, ['two']));
    await pause(50);
    expect(reading.lines()).toEqual(['one', 'two']);
  });

  it('are not looked for in dependencies', async () => {
    mkdirSync(at('node_modules/x'), { recursive: true });
    write('node_modules/x/noise.log', 'noise\n');
    write('app.log', 'app\n');
    const reading = read(['**/*.log']);
    await reading.until(has(reading, ['app']));
    await pause(50);
    expect(reading.lines()).toEqual(['app']);
  });

  it('take turns: a long one does not keep a short one waiting', async () => {
    writeFileSync(at('a.log'), `${'x'.repeat(1023)}\n`.repeat(30_000));
    write('b.log', 'short\n');
    const reading = read(['*.log']);
    await reading.until(has(reading, ['short']));
    expect(reading.lines().length).toBeLessThan(20_000);
  });
});

describe('what cannot be read', () => {
  it('is a folder: said, with what to name instead', async () => {
    mkdirSync(at('logs'));
    const source = sourceOf(['logs']);
    read(source);
    await expect.poll(() => source.health().state).toBe('failing');
    expect(source.health().lastError).toMatch(/logs is a folder: name a file in it/);
  });

  it('is binary: said, and the other files go on', async () => {
    writeFileSync(at('core.log'), Buffer.from([1, 2, 0, 3, 10]));
    write('app.log', 'fine\n');
    const source = sourceOf(['*.log']);
    const reading = read(source);
    await reading.until(has(reading, ['fine']));
    expect(reading.lines()).toEqual(['fine']);
    expect(source.health()).toMatchObject({ streams: 1 });
    expect(source.health().lastError).toMatch(/core.log is binary/);
  });

  it('leads in a circle: said, and read once it is put right', async () => {
    symlinkSync(at('app.log'), at('app.log'));
    const source = sourceOf(['app.log']);
    const reading = read(source);
    await expect.poll(() => source.health().lastError).toMatch(/cannot be read: ELOOP/);
    unlinkSync(at('app.log'));
    write('app.log', 'right\n');
    await reading.until(has(reading, ['right']));
    await expect.poll(() => source.health().lastError).toBeNull();
  });

  it('is text with bytes that are no UTF-8: read with replacement characters', async () => {
    appendFileSync(at('app.log'), Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62, 10, 0x63, 10]));
    const reading = read(['app.log']);
    await reading.until(has(reading, ['c']));
    expect(reading.lines()).toEqual(['a\uFFFDb', 'c']);
  });

  it('is a line of 10 MB: cut at 1 MiB, the next line is whole', async () => {
    write('app.log', `${'ä'.repeat(5_000_000)}\nnext\n`);
    const reading = read(['app.log']);
    await reading.until(has(reading, ['next']));
    expect(Buffer.byteLength(reading.lines()[0] ?? '')).toBe(1024 * 1024);
    expect(reading.batches.at(-1)?.offsets.at(-1)).toBe(10_000_001);
  });
});

describe('with an end marker', () => {
  it('ends when the marker is there and all is read, the last line too', async () => {
    write('run.log', 'one\n');
    const reading = read(sourceOf(['run.log'], at('run.log.end')));
    await reading.until(has(reading, ['one']));
    write('run.log', 'two\nthree');
    writeFileSync(at('run.log.end'), '');
    await reading.until(() => reading.ended().length === 1);
    expect(reading.lines()).toEqual(['one', 'two', 'three']);
    expect(reading.batches.at(-1)?.cursor.offset).toBe(readFileSync(at('run.log')).length);
  });

  it('ends when nothing was ever written', async () => {
    writeFileSync(at('run.log'), '');
    writeFileSync(at('run.log.end'), '');
    const batches = await all(sourceOf(['run.log'], at('run.log.end')));
    expect(batches).toEqual([]);
  });

  it('ends without reading again when it was already read out', async () => {
    write('run.log', 'one\n');
    const first = read(['run.log']);
    await first.until(has(first, ['one']));
    await first.stop();
    writeFileSync(at('run.log.end'), '');
    const source = sourceOf(['run.log'], at('run.log.end'));
    const batches = await all(source, first.cursors());
    expect(batches).toMatchObject([{ records: [], ended: true }]);
  });
});
