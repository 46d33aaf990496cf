import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frames, framer, MESSAGE_LIMIT } from '../../../../../src/adapters/sources/syslog/frames.ts';

/** All that a connection says when its bytes come in these chunks. */
function framesOf(chunks: readonly (Buffer | string)[]): Frames {
  const frames = framer();
  const all = [...chunks.map((chunk) => frames.push(Buffer.from(chunk))), frames.end()];
  return {
    messages: all.flatMap(({ messages }) => messages),
    cut: all.reduce((sum, { cut }) => sum + cut, 0),
    broken: all.some(({ broken }) => broken),
  };
}

const counted = (text: string) => `${Buffer.byteLength(text)} ${text}`;

describe('the framing of a connection', () => {
  it('is told by its first frame', () => {
    expect(framesOf(['<1>a\n<2>b\n']).messages).toEqual(['<1>a', '<2>b']);
    expect(framesOf([`${counted('<1>a\nb')}${counted('<2>grüße')}`]).messages).toEqual([
      '<1>a\nb',
      '<2>grüße',
    ]);
    expect(framesOf(['2026 began\n5 <x\n']).messages).toEqual(['2026 began', '5 <x']);
    expect(framesOf(['12345']).messages).toEqual(['12345']);
  });

  it('may have a newline behind each counted frame', () => {
    expect(framesOf([`${counted('<1>a')}\n${counted('<2>b')}\n`])).toEqual({
      messages: ['<1>a', '<2>b'],
      cut: 0,
      broken: false,
    });
  });

  it('breaks where a count is none: what follows cannot be understood', () => {
    expect(framesOf([`${counted('<1>a')}oops`, '4 <1>b'])).toMatchObject({
      messages: ['<1>a'],
      broken: true,
    });
    expect(framesOf([`${counted('<1>a')}99999999999 <1>`])).toMatchObject({ broken: true });
  });

  it('does not depend on how the bytes are cut', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((some) => some.replaceAll('\n', ' '));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
        (texts, isCounted, cuts) => {
          const messages = texts.map((some) => `<1>${some}`);
          const whole = Buffer.from(
            isCounted ? messages.map(counted).join('') : messages.map((one) => `${one}\n`).join(''),
          );
          const at = [
            0,
            ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b),
            whole.length,
          ];
          const chunks = at.slice(1).map((end, i) => whole.subarray(at[i], end));
          expect(framesOf(chunks)).toEqual(framesOf([whole]));
          expect(framesOf(chunks).messages).toEqual(messages.map((one) => Buffer.from(one).toString()));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a hostile sender', () => {
  it('cannot make a line grow without end', () => {
    const chunks = Array.from({ length: 40 }, () => Buffer.alloc(16 * 1024, 'x'));
    const { messages, cut } = framesOf([...chunks, '\n<1>next\n']);
    expect(messages.map(({ length }) => length)).toEqual([MESSAGE_LIMIT, 7]);
    expect(cut).toBe(1);
  });

  it('cannot make us wait for a giant count', () => {
    const { messages, cut } = framesOf([`100000 <1>${'x'.repeat(99_997)}`, counted('<1>next')]);
    expect(messages.map(({ length }) => length)).toEqual([MESSAGE_LIMIT, 7]);
    expect(cut).toBe(1);
    expect(framesOf(['9999999999 <1>only this']).messages).toEqual(['<1>only this']);
  });

  it('cannot make anything throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (chunks) => {
        framesOf(chunks.map((chunk) => Buffer.from(chunk)));
      }),
      { numRuns: 500 },
    );
  });
});
