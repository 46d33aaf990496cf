import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Encoding } from '../../src/adapters/sources/file/bytes/encoding.ts';
import { lineSplitter, portions } from '../../src/adapters/sources/file/bytes/split-lines.ts';
import { openTail } from '../../src/adapters/sources/file/resume/open-tail.ts';
import type { Cursor } from '../../src/ports/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigilai-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes as logs have them, and as they should not: all line ends, several scripts, marks, broken UTF-8. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('\n', '\r\n', '\r', '\uFEFF', 'ä', '日本', '😀', 'plain text')
      .map((s) => Buffer.from(s)),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((s) => Buffer.from(s)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)) },
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.concat(pieces));
const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 12 });

interface Line {
  readonly offset: number;
  readonly line: string;
}

function split(chunks: readonly Buffer[], start = 0, encoding: Encoding = 'utf8'): readonly Line[] {
  const splitter = lineSplitter(start, encoding);
  const found = [...chunks.map((chunk) => splitter.push(Buffer.from(chunk))), splitter.flush()];
  return found.flatMap(({ lines, offsets }) => lines.map((line, i) => ({ line, offset: offsets[i] ?? -1 })));
}

/** The definition, written as plainly as possible. */
function linesOf(bytes: Buffer): readonly Line[] {
  const found: Line[] = [];
  for (let begin = 0; begin < bytes.length; ) {
    const newline = bytes.indexOf(10, begin);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(begin, end).toString('utf8').replace(/\r$/, '');
    found.push({ offset: begin, line: begin === 0 ? line.replace(/^\uFEFF/, '') : line });
    begin = end + 1;
  }
  return found;
}

function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const ends = [...places.filter((place) => place < bytes.length).toSorted((a, b) => a - b), bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

it('cuts any bytes into the same lines and offsets, however they arrive', () => {
  fc.assert(
    fc.property(text, cuts, (bytes, places) => {
      expect(split(cutAt(bytes, places))).toEqual(linesOf(bytes));
    }),
    { numRuns: 1000 },
  );
});

it('finds the same lines from the beginning of any line on', () => {
  fc.assert(
    fc.property(text, cuts, fc.nat(), (bytes, places, n) => {
      const all = linesOf(bytes);
      const from = all.length === 0 ? 0 : n % all.length;
      const start = all[from]?.offset ?? 0;
      expect(split(cutAt(bytes.subarray(start), places), start)).toEqual(all.slice(from));
    }),
    { numRuns: 500 },
  );
});

it('cuts UTF-16 of either order into the lines of its text, however the bytes arrive', () => {
  const words = fc.constantFrom('\n', '\r\n', '\r', 'ä', '\u0A0D', '\u0D0A', '\u0A0A', '😀', 'plain');
  // A mark and then NUL is the mark of UTF-32, which is not read.
  const anyText = fc
    .array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 9 })), { maxLength: 30 })
    .map((parts) => `\uFEFF${parts.join('')}`)
    .filter((all) => all[1] !== '\0');
  fc.assert(
    fc.property(anyText, cuts, fc.boolean(), (all, places, little) => {
      const bytes = Buffer.from(all, 'utf16le');
      const found = split(cutAt(little ? bytes : bytes.swap16(), places), 0, little ? 'utf16le' : 'utf16be');
      const expected = linesOf(Buffer.from(all)).map(({ line }) => line);
      expect(found.map(({ line }) => line)).toEqual(expected);
      const begins = all.split('\n').map((_, i, parts) => 2 * parts.slice(0, i).join('\n').length + (i && 2));
      expect(found.map(({ offset }) => offset)).toEqual(begins.slice(0, found.length));
    }),
    { numRuns: 300 },
  );
});

it('cuts a line at 1 MiB wherever the chunks end, and keeps the offsets after it exact', () => {
  const limit = 1024 * 1024;
  fc.assert(
    fc.property(
      fc.integer({ min: -3, max: 3 }),
      fc.nat({ max: 2 * limit }),
      fc.boolean(),
      (more, cut, cr) => {
        const long = Buffer.concat([
          Buffer.alloc(limit + more, 120),
          Buffer.from(cr ? '\r\nnext\n' : '\nnext\n'),
        ]);
        const expected = split([long]);
        expect(split(cutAt(long, [cut]))).toEqual(expected);
        const [first, next] = expected;
        expect(first?.line.length).toBe(Math.min(limit, limit + more + (cr && more >= 0 ? 1 : 0)));
        expect(next).toEqual({ offset: limit + more + (cr ? 2 : 1), line: 'next' });
      },
    ),
    { numRuns: 100 },
  );
});

it('hands lines on in portions whose ends are where the next one begins', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), (count) => {
      const splitter = lineSplitter(0);
      const found = splitter.push(Buffer.from('ab\n'.repeat(count)));
      const parts = portions(found, splitter.offset());
      expect(parts.flatMap(({ offsets }) => offsets)).toEqual(found.offsets);
      expect(parts.map(({ end }) => end)).toEqual(
        parts.map((_, i) => parts[i + 1]?.offsets[0] ?? splitter.offset()),
      );
    }),
    { numRuns: 100 },
  );
});

it('reads a growing file, stopped and started again anywhere, without losing or repeating a line', async () => {
  let file = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ grow: text, stop: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      async (steps) => {
        const path = join(folder, `${(file += 1)}.log`);
        let bytes = Buffer.from('first\n');
        const read: Line[] = [];
        let cursors: readonly Cursor[] = [];
        writeFileSync(path, bytes);
        let opened = await openTail(path, () => cursors);
        for (const { grow, stop } of [...steps, { grow: Buffer.from('\n'), stop: true }]) {
          bytes = Buffer.concat([bytes, grow.map((byte) => (byte === 0 ? 1 : byte))]);
          writeFileSync(path, bytes);
          if (opened.state !== 'open') throw new Error(opened.state);
          await opened.tail.look();
          for (let batch = await opened.tail.next(0); batch !== null; batch = await opened.tail.next(0)) {
            read.push(...batch.records.map((line, i) => ({ line, offset: batch?.offsets[i] ?? -1 })));
            cursors = [batch.cursor];
          }
          if (!stop) continue;
          await opened.tail.park();
          opened = await openTail(path, () => cursors);
        }
        if (opened.state === 'open') await opened.tail.park();
        expect(read).toEqual(linesOf(bytes));
      },
    ),
    { numRuns: 150 },
  );
});
