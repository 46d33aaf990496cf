import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePatterns } from '../../src/pipeline/formats/compile-patterns.ts';
import { unwrap } from '../../src/pipeline/formats/envelope.ts';
import { lineReader } from '../../src/pipeline/formats/reader.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const PATTERN = String.raw`^(?<time>\S+) (?<level>\w+)(?: (?<key>\w+)=(?<n>\d+))* (?<message>.*)$`;

const readers = [
  lineReader({ timezone: null, patterns: [] }),
  lineReader({ timezone: 'Europe/Berlin', patterns: compilePatterns([PATTERN]) }),
];

/** Words and marks of log lines, so that what is made of them comes far into the formats. */
const piece = fc.oneof(
  fc.constantFrom(
    '2026-07-01T09:00:55.123Z',
    '2026-07-01 09:00:55,123',
    'Jul  1 09:00:55',
    '[01/Jul/2026:09:00:55 +0000]',
    'Wed, 01 Jul 2026 09:00:55',
    '07/01/2026 9:00:55 AM',
    '1767614400.123',
    '081109 203615',
    '<34>',
    '<34>1 ',
    'host app[1]: ',
    'E, [2026-07-01T09:00:55.123456 #1] ERROR -- : ',
    'E0701 09:00:55.123456 1 a.go:1] ',
  ),
  fc.constantFrom(
    'INFO',
    'error',
    '[WARN]',
    'E',
    'main',
    '[main]',
    'a.b.C',
    '123',
    '123#0:',
    '(x y)',
    'k="v\\"',
    'k=v',
    'stdout F',
  ),
  fc.constantFrom(
    ' ',
    ' ',
    ' - ',
    ': ',
    ' | ',
    '\t',
    '"',
    '[',
    ']',
    '{',
    '}',
    '\\',
    '\u001b[31m',
    '\u001b]',
    ',',
    '\n',
    '---',
  ),
  fc.constantFrom(
    '"GET /a HTTP/1.1" 200 5',
    '{"level":30,"msg":"x"}',
    '{"log":"x","stream":"stdout","time":"x"}',
    '[a b="c"]',
    'Started GET "',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const anyLine = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

describe('the formats, whatever comes', () => {
  it('never throw, and read the same line alike', () => {
    fc.assert(
      fc.property(fc.oneof(anyLine, fc.string({ maxLength: 300, unit: 'binary' })), (line) => {
        for (const reader of readers) {
          const record = reader.read(line, READ_AT);
          expect(record.timestamp === null || Number.isFinite(record.timestamp)).toBe(true);
          expect(record.message).toBeTypeOf('string');
          expect(reader.read(line, READ_AT)).toEqual(record);
          const carried = reader.unwrap(line, READ_AT);
          expect(
            carried === null || line.includes('"') || line.includes('\u001b') || line.endsWith(carried.text),
          ).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('take off an envelope and leave the writer’s line as it was', () => {
    const printable = fc.string({ maxLength: 200, unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(printable, fc.boolean(), (text, partial) => {
        const time = '2026-07-01T09:00:55.123456789Z';
        const docker = JSON.stringify({ log: partial ? text : `${text}\n`, stream: 'stdout', time });
        expect(unwrap(`${time} stdout ${partial ? 'P' : 'F'} ${text}`, READ_AT)).toMatchObject({
          text,
          partial,
        });
        expect(unwrap(docker, READ_AT)).toMatchObject({ text, partial });
        expect(unwrap(`[pod/a/b] ${text}`, READ_AT)).toMatchObject({ text, lane: 'pod/a/b' });
      }),
      { numRuns: 300 },
    );
  });

  it('read back any time that loggers write, in the zone that is given', () => {
    const time = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 11, 31) });
    const minutes = fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15);
    fc.assert(
      fc.property(time, minutes, (at, east) => {
        const sign = east < 0 ? '-' : '+';
        const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
        const zone = `${sign}${two(Math.abs(east) / 60)}:${two(Math.abs(east) % 60)}`;
        const local = new Date(at + east * 60_000).toISOString().slice(0, 23);
        const reader = lineReader({ timezone: zone, patterns: [] });
        expect(reader.read(`${local}${zone} INFO x`, READ_AT).timestamp).toBe(at);
        expect(
          reader.read(`${local.replace('T', ' ').replace('.', ',')} - a - INFO - x`, READ_AT).timestamp,
        ).toBe(at);
        expect(reader.read(JSON.stringify({ ts: at / 1000, msg: 'x' }), READ_AT).timestamp).toBeCloseTo(
          at,
          0,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('agree with Intl in every zone: what a zone writes is read as that moment', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
    ];
    const quarters = fc.integer({ min: Date.UTC(2000, 0, 1) / 900_000, max: Date.UTC(2037, 0, 1) / 900_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), quarters, (zone, quarter) => {
        const at = quarter * 900_000;
        const reader = lineReader({ timezone: zone, patterns: [] });
        // Read live, so that the hour that comes twice is told apart.
        const text = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
        expect(reader.read(`${text} INFO x`, at + 100).timestamp).toBe(at);
      }),
      { numRuns: 300 },
    );
  });
});

/** Each becomes longer by repeating its middle. */
const HOSTILE: readonly (readonly [string, (length: number) => string])[] = [
  ['one letter', (n) => 'a'.repeat(n)],
  ['digits', (n) => '1'.repeat(n)],
  ['blanks', (n) => `2026-07-01T09:00:55Z${' '.repeat(n)}x`],
  ['digits and blanks', (n) => '1 '.repeat(n / 2)],
  ['dates', (n) => '2026-07-01T09:00:55Z '.repeat(n / 21)],
  ['dates without an end', (n) => 'x 2026-07-01T09:00:'.repeat(n / 19)],
  ['open quotes', (n) => `1.2.3.4 - - [01/Jul/2026:09:00:55 +0000] "${'\\"'.repeat(n / 2)}`],
  ['an open request', (n) => `1.2.3.4 - - [01/Jul/2026:09:00:55 +0000] "GET ${'/a'.repeat(n / 2)}`],
  ['pairs', (n) => 'a="'.repeat(n / 3)],
  ['pairs of escapes', (n) => `level="${'\\a="'.repeat(n / 4)}`],
  ['measures', (n) => `2026-07-01 ${'a_ms='.repeat(n / 5)}`],
  ['long names of measures', (n) => `x ${'a_'.repeat(n / 2)}=1`],
  ['open brackets', (n) => '['.repeat(n)],
  ['open brackets behind a level', (n) => `INFO ${'[a '.repeat(n / 3)}`],
  ['closed brackets', (n) => '[a] '.repeat(n / 4)],
  ['structured data', (n) => `<34>1 - - - - - [a ${'b="c\\" '.repeat(n / 7)}`],
  ['elements', (n) => `<34>1 - - - - - ${'[a b="c"]'.repeat(n / 9)}`],
  ['programs', (n) => `Jul  1 09:00:55 h ${'a '.repeat(n / 2)}`],
  ['colours', (n) => '\u001b[31m'.repeat(n / 5)],
  ['open colours', (n) => '\u001b[0'.repeat(n / 3)],
  ['open titles', (n) => '\u001b]0;'.repeat(n / 4)],
  ['one open title', (n) => `\u001b]${'0'.repeat(n)}`],
  ['escaped colours', (n) => '\\u001b[0'.repeat(n / 8)],
  ['open JSON', (n) => '{"a":'.repeat(n / 5)],
  ['open JSON behind a tab', (n) => `INFO x ${'\t{'.repeat(n / 2)}}`],
  ['nginx pairs', (n) => `2026/07/01 09:00:55 [error] 1#0: x${', client: "'.repeat(n / 11)}`],
  ['bars', (n) => `web-1 ${' |'.repeat(n / 2)}`],
  ['Rails', (n) => `Started GET "${'/'.repeat(n)}`],
  ['errors', (n) => `${'Error'.repeat(n / 5)}`],
  ['colons', (n) => ':'.repeat(n)],
  ['an own pattern', (n) => `x y${' k=1'.repeat(n / 4)}`],
];

/** Best of several, ms. */
function cost(line: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round += 1) {
    const from = performance.now();
    for (const reader of readers) {
      reader.read(line, READ_AT);
      reader.unwrap(line, READ_AT);
    }
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

/** Sixteen times the length costs 256 times as much where time is quadratic. Below a tenth of a ms only the clock is measured. */
function growth(lineOf: (length: number) => string): number {
  return cost(lineOf(64_000)) / Math.max(0.1, cost(lineOf(4000)));
}

describe('the formats on hostile lines', () => {
  it.each(HOSTILE)('take no more than linear time: %s', (_, lineOf) => {
    cost(lineOf(1000));
    // A machine that is busy at the wrong moment gets further tries; what is super-linear stays so.
    const growths = [growth(lineOf)];
    while (growths.length < 6 && Math.min(...growths) > 32) growths.push(growth(lineOf));
    expect(Math.min(...growths)).toBeLessThan(48);
  });
});
