import fc from 'fast-check';
import { requestLine, T0 } from './log-lines.ts';
import { PYTHON_CHAIN, UNCAUGHT, WITH_CAUSE } from './traces.ts';

/** What a log may hold, one after the other: requests, messages of any level, traces, rubbish. */
const pieces = (i: number) =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .record({
          path: fc.constantFrom('/a', '/b', '/c/1'),
          ms: fc.double({ min: 0, max: 10, noNaN: true }),
          status: fc.constantFrom(200, 200, 200, 404, 500),
        })
        .map(({ path, ms, status }) => [requestLine(T0 + i * 200, path, ms, status)]),
    },
    {
      weight: 4,
      arbitrary: fc
        .record({
          level: fc.constantFrom('info', 'warn', 'error', 'fatal'),
          word: fc.constantFrom('a', 'b c', 'd 7 e'),
        })
        .map(({ level, word }) => [JSON.stringify({ level, time: T0 + i * 200, msg: `message ${word}` })]),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(UNCAUGHT, WITH_CAUSE, PYTHON_CHAIN).map((trace) => trace.split('\n')),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('ERROR request failed', 'INFO fine', 'WARN slow duration_ms=7 path=/x')
        .map((text) => [`${new Date(T0 + i * 200).toISOString()} ${text}`]),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('', '{', 'Error: x', '    at nowhere', '}', '2126-01-01T00:00:00Z INFO far', '\ufffd')
        .map((line) => [line]),
    },
  );

/** A log of up to some hundred lines. */
export const anyLog: fc.Arbitrary<readonly string[]> = fc
  .array(fc.nat(), { minLength: 40, maxLength: 160 })
  .chain((numbers) => fc.tuple(...numbers.map((_, i) => pieces(i))))
  .map((parts) => parts.flat());
