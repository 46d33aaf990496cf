import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineReader } from '../../src/pipeline/formats/reader.ts';
import { type Joined, joiner } from '../../src/pipeline/lines/join.ts';
import { streams } from '../../src/pipeline/lines/streams.ts';
import { parseTrace } from '../../src/pipeline/traces/parse.ts';
import { RECORDINGS, recorded } from '../support/recorded-traces.ts';

const TRACES = RECORDINGS.flatMap((file) => [...recorded(file).values()]);
const TRAILER = /^Node\.js v\d+\.\d+\.\d+\S*$/;

/** Whole traces, cut ones, single lines of them, records of threads, rubbish. */
const piece: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constantFrom(...TRACES).map((trace) => trace.split('\n')),
  fc
    .tuple(fc.constantFrom(...TRACES), fc.nat(), fc.nat())
    .map(([trace, from, length]) => trace.split('\n').slice(from % 9, (from % 9) + (length % 9))),
  fc
    .tuple(
      fc.constantFrom('INFO', 'ERROR', 'WARN'),
      fc.constantFrom('t-1', 't-2'),
      fc.constantFrom('fine', 'Error: x'),
    )
    .map(([level, thread, text]) => [`2026-01-05 12:00:00,123 ${level} [${thread}] c.Shop - ${text}`]),
  fc
    .constantFrom('', '{', '{"msg":"x"}', 'a word', 'Error: x', '    at nowhere', '}', '/a:1', '\u001b[31mx')
    .map((one) => [one]),
  fc.string({ maxLength: 40, unit: 'binary' }).map((text) => [text.replaceAll('\n', ' ')]),
);
const anyText = fc.array(piece, { minLength: 1, maxLength: 12 }).map((parts) => parts.flat());

function joinAll(lines: readonly string[]): readonly Joined[] {
  const all: Joined[] = [];
  const one = joiner();
  for (const [offset, text] of lines.entries()) {
    one.push({ text, offset, mark: null, receivedAt: 0, carried: null }, (found) => all.push(found));
  }
  one.flush((found) => all.push(found));
  return all;
}

describe('the joiner, whatever comes', () => {
  it('lets everything out once, events in the order of their first lines', () => {
    fc.assert(
      fc.property(anyText, (lines) => {
        const all = joinAll(lines);
        const firsts = all.map((one) => one.lines[0].offset);
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
        const out = all.flatMap((one) => one.lines).toSorted((a, b) => a.offset - b.offset);
        expect(new Set(out.map(({ offset }) => offset)).size).toBe(out.length);
        const left = lines.filter((text, at) => !out.some(({ offset }) => offset === at) && text !== '');
        expect(left.filter((text) => !TRAILER.test(text))).toEqual([]);
        expect(out.every(({ text, offset }) => lines[offset] === text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('holds from the first line that has not come out', () => {
    fc.assert(
      fc.property(anyText, (lines) => {
        const one = joiner();
        const out = new Set<number>();
        for (const [offset, text] of lines.entries()) {
          one.push({ text, offset, mark: null, receivedAt: 0, carried: null }, (found) => {
            for (const line of found.lines) out.add(line.offset);
          });
          const from = one.held()?.offset ?? offset + 1;
          for (let at = 0; at < from; at += 1) expect(out.has(at) || isUnsaid(lines[at] ?? '')).toBe(true);
          expect([...out].every((at) => at < from)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('joins each of two lanes as if it were alone, however they are interleaved', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        fc.array(fc.boolean(), { minLength: 300, maxLength: 300 }),
        (a, b, turns) => {
          const alone = [a, b].map((lines) => shapes(joinAll(lines)));
          const rest = [[...a], [...b]];
          const seen: Joined[][] = [[], []];
          const both = streams({
            source: 's',
            reader: lineReader({ timezone: null, patterns: [] }),
            out: (joined) => void seen[joined.lines[0].carried?.lane === 'a' ? 0 : 1]?.push(joined),
          });
          for (let offset = 0; rest.some((lines) => lines.length > 0); offset += 1) {
            const lane = turns[offset % turns.length] === true ? 0 : 1;
            const text = rest[lane]?.shift();
            if (text === undefined) continue;
            const carried = {
              type: 'line',
              text,
              timestamp: null,
              level: null,
              lane: 'ab'[lane] ?? '',
              partial: false,
              metadata: {},
            } as const;
            both.line('x', { text, offset, mark: null, receivedAt: 0, carried });
          }
          both.advance(10_000);
          expect(seen.map(shapes)).toEqual(alone);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('parsers never throw, and bound what they make', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.array(fc.string({ unit: 'binary' }))), (lines) => {
        const trace = parseTrace(lines);
        expect(trace?.related?.length ?? 0).toBeLessThanOrEqual(16);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['spaces', ' '.repeat(200_000)],
    ['parentheses', `    at ${' ('.repeat(100_000)}`],
    ['colons', `    at f (/a${':1'.repeat(100_000)}`],
    ['dots', `${'a.'.repeat(100_000)}Error`],
    ['words', `${'Error '.repeat(40_000)}`],
    ['digits', `goroutine ${'1'.repeat(200_000)}`],
    ['quotes', `  File "${'"'.repeat(200_000)}`],
    ['backticks', `a.rb:1:in \`${"'".repeat(200_000)}: x (E)`],
    ['brackets', `2026-01-05 12:00:00 ERROR ${'[a] '.repeat(50_000)}`],
    ['at signs', '@'.repeat(200_000)],
    ['backslashes', `Uncaught ${'A\\'.repeat(100_000)}`],
  ])('takes linear time for %s', (_, nasty) => {
    const lines = [
      'TypeError: x',
      '    at f (/a/b.js:1:2)',
      nasty,
      `ERROR ${nasty}`,
      nasty,
      'Traceback (most recent call last):',
      nasty,
    ];
    const started = performance.now();
    joinAll(lines);
    parseTrace(lines);
    // Seven lines of 200 kB take some 20 ms; what is quadratic takes minutes.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

function isUnsaid(text: string): boolean {
  return text === '' || TRAILER.test(text);
}

const shapes = (all: readonly Joined[]) =>
  all.map(({ lines, trace }) => [lines.map(({ text }) => text), trace]);
