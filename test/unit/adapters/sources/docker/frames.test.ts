import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frameCutter,
  type Message,
  type MessageCutter,
  rawCutter,
} from '../../../../../src/adapters/sources/docker/frames.ts';

const STAMP = '2026-01-05T12:00:00.000000000Z ';

const anyLine = fc.record({
  lane: fc.constantFrom('stdout' as const, 'stderr' as const),
  text: fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
});

function frameOf({ lane, text }: { lane: Message['lane']; text: string }): Buffer {
  const payload = Buffer.from(`${STAMP}${text}\n`);
  const header = Buffer.alloc(8);
  header[0] = lane === 'stdout' ? 1 : 2;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** Pushes `bytes` cut at any places. */
function pushed(cutter: MessageCutter, bytes: Buffer, cuts: readonly number[]): readonly Message[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  const ordered = places.toSorted((a, b) => a - b);
  return ordered.flatMap((at, i) => cutter.push(bytes.subarray(at, ordered[i + 1] ?? at)));
}

const plain = (messages: readonly Message[]) =>
  messages.map(({ lane, bytes, partial }) => ({ lane, text: bytes.toString('utf8'), partial }));

describe('the log of a container', () => {
  it('gives the same messages wherever its stream is cut', () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.array(fc.nat(), { maxLength: 40 }), (lines, cuts) => {
        const expected = lines.map(({ lane, text }) => ({ lane, text: `${STAMP}${text}`, partial: false }));
        const bytes = Buffer.concat(lines.map(frameOf));
        expect(plain(pushed(frameCutter(), bytes, cuts))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same lines wherever it is cut, where it comes from a terminal', () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.array(fc.nat(), { maxLength: 40 }), (lines, cuts) => {
        const texts = lines.map(({ text }) => `${STAMP}${text}`);
        const bytes = Buffer.from(texts.map((text) => `${text}\r\n`).join(''));
        const messages = plain(pushed(rawCutter(), bytes, cuts));
        expect(messages).toEqual(texts.map((text) => ({ lane: 'stdout', text, partial: false })));
      }),
      { numRuns: 200 },
    );
  });

  it('throws nothing but a VigilError for any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        rawCutter().push(Buffer.from(bytes));
        try {
          frameCutter().push(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ name: 'VigilError', code: 'bad_input' });
        }
      }),
    );
  });

  it('keeps a frame of any size in bounded memory', () => {
    const cutter = frameCutter();
    const size = 50 * 1024 * 1024;
    const header = Buffer.alloc(8);
    header[0] = 1;
    header.writeUInt32BE(size, 4);
    const messages = [...cutter.push(header)];
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let sent = 0; sent < size; sent += chunk.length) messages.push(...cutter.push(chunk));
    messages.push(...cutter.push(frameOf({ lane: 'stderr', text: 'next' })));
    expect(messages.map(({ bytes }) => bytes.length)).toEqual([1024 * 1024, STAMP.length + 4]);
    expect(cutter.takeCut()).toBe(1);
    expect(cutter.takeCut()).toBe(0);
  });

  it('says what the engine says in the middle of a log', () => {
    const text = 'Error grabbing logs: invalid character';
    const header = Buffer.from([3, 0, 0, 0, 0, 0, 0, text.length]);
    expect(() => frameCutter().push(Buffer.concat([header, Buffer.from(text)]))).toThrow(text);
  });
});
