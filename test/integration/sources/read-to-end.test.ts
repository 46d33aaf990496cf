import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, readToEnd } from '../../../src/adapters/sources/file/bytes/read-to-end.ts';
import type { Batch } from '../../../src/ports/source.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-read-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (name: string) => join(root, name);
const NOTHING = Readable.from([]);

async function all(path: string, stdin: Readable = NOTHING): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of readToEnd(path, stdin)) batches.push(batch);
  return batches;
}
const linesOf = (batches: readonly Batch[]) => batches.flatMap(({ records }) => records);

describe('readToEnd', () => {
  it('reads a file to its end, the last line without a line end too', async () => {
    writeFileSync(at('a.log'), '\uFEFFone\r\ntwö\nthree');
    const batches = await all(at('a.log'));
    expect(linesOf(batches)).toEqual(['one', 'twö', 'three']);
    expect(batches.flatMap(({ offsets }) => offsets)).toEqual([0, 8, 13]);
    expect(batches.map(({ ended }) => ended)).toEqual([false, false, true]);
    expect(batches.at(-1)?.cursor.offset).toBe(18);
  });

  it('reads an empty file: nothing, and its end', async () => {
    writeFileSync(at('a.log'), '');
    expect(await all(at('a.log'))).toMatchObject([{ records: [], ended: true }]);
  });

  it('reads many lines in portions', async () => {
    const text = Array.from({ length: 200_000 }, (_, i) => `line ${i}`);
    writeFileSync(at('a.log'), `${text.join('\n')}\n`);
    const batches = await all(at('a.log'));
    expect(linesOf(batches)).toEqual(text);
    expect(Math.max(...batches.map(({ records }) => records.length))).toBeLessThanOrEqual(4096);
  });

  it('unpacks .gz', async () => {
    writeFileSync(at('a.log.gz'), gzipSync('one\ntwo\n'.repeat(50_000)));
    expect(linesOf(await all(at('a.log.gz')))).toHaveLength(100_000);
  });

  it('reads stdin for `-`, text chunks or bytes', async () => {
    expect(linesOf(await all('-', Readable.from(['on', 'e\ntw', Buffer.from('o')])))).toEqual(['one', 'two']);
  });

  it('decodes UTF-16 as its mark says, though a pipe brings the mark in halves', async () => {
    const bytes = Buffer.from('\uFEFFgrüße\r\n日本\n', 'utf16le');
    writeFileSync(at('a.log'), bytes);
    expect(linesOf(await all(at('a.log')))).toEqual(['grüße', '日本']);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 8), bytes.subarray(8)];
    expect(linesOf(await all('-', Readable.from(pieces)))).toEqual(['grüße', '日本']);
    const big = Buffer.from(bytes).swap16();
    expect(linesOf(await all('-', Readable.from([big])))).toEqual(['grüße', '日本']);
  });

  it('lets go of the file when the reader stops early', async () => {
    writeFileSync(at('a.log'), 'x\n'.repeat(1_000_000));
    for await (const batch of readToEnd(at('a.log'), NOTHING)) {
      expect(batch.records.length).toBeGreaterThan(0);
      break;
    }
  });

  it.each([
    ['a folder', () => mkdirSync(at('x')), /is a folder/],
    ['nothing', () => undefined, /cannot be read: there is no such file/],
    ['binary', () => writeFileSync(at('x'), Buffer.from([65, 10, 0, 10])), /is a binary file/],
    ['a circle of links', () => symlinkSync(at('x'), at('x')), /cannot be read: ELOOP/],
  ])('refuses %s, with the next step', async (_, make, message) => {
    make();
    await expect(all(at('x'))).rejects.toMatchObject({
      code: 'bad_input',
      exit: 2,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });

  it.each([
    ['what is not gzip', Buffer.from('plain text\n'), /not what gzip writes/],
    ['gzip that ends too early', gzipSync('one\n'.repeat(9_999)).subarray(0, 60), /ends too early/],
    ['gzip of something binary', gzipSync(Buffer.alloc(100)), /is a binary file/],
  ])('refuses %s', async (_, bytes, message) => {
    writeFileSync(at('a.gz'), bytes);
    await expect(all(at('a.gz'))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(message),
    });
  });

  it('refuses binary on stdin', async () => {
    await expect(all('-', Readable.from([Buffer.from([0, 1, 2])]))).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});

describe('filesBelow', () => {
  it('lists files below a folder, sorted, without hidden ones and dependencies', async () => {
    for (const folder of ['b', 'a/deep', 'node_modules/x', '.git'])
      mkdirSync(at(folder), { recursive: true });
    for (const name of ['b/2.log', 'a/deep/1.log', 'z.log', '.hidden', 'node_modules/x/no.log', '.git/no']) {
      writeFileSync(at(name), '');
    }
    expect(await filesBelow(root)).toEqual([at('a/deep/1.log'), at('b/2.log'), at('z.log')]);
  });

  it('answers a file itself, and `-` for stdin', async () => {
    writeFileSync(at('a.log'), '');
    expect(await filesBelow(at('a.log'))).toEqual([at('a.log')]);
    expect(await filesBelow('-')).toEqual(['-']);
  });

  it('says when there is no such path', async () => {
    await expect(filesBelow(at('none'))).rejects.toMatchObject({ code: 'bad_input' });
  });
});
