import { describe, expect, it } from 'vitest';
import { type Joined, joiner } from '../../../../src/pipeline/lines/join.ts';
import { PYTHON, PYTHON_CHAIN, UNCAUGHT, WITH_CAUSE } from '../../../support/traces.ts';

function join(text: string): readonly Joined[] {
  const joined: Joined[] = [];
  const one = joiner();
  for (const [offset, line] of text.split('\n').entries()) {
    one.push({ text: line, offset, mark: null, receivedAt: 0, carried: null }, (found) => joined.push(found));
  }
  one.flush((found) => joined.push(found));
  return joined;
}

const shape = (joined: readonly Joined[]) =>
  joined.map(({ lines, trace }) => [lines.length, trace?.errorType ?? null]);

describe('join', () => {
  it('makes one event of a trace and leaves the lines around it alone', () => {
    expect(shape(join(`INFO before\n${WITH_CAUSE}\nINFO after`))).toEqual([
      [1, null],
      [10, 'TypeError'],
      [1, null],
    ]);
  });

  it('reads frames, symbols, application code and the cause of a TypeScript error', () => {
    const trace = join(WITH_CAUSE)[0]?.trace;
    expect(trace).toMatchObject({
      language: 'typescript',
      message: "Cannot read properties of undefined (reading 'total')",
      frames: [
        { file: '/srv/shop/src/cart.ts', line: 41, column: 22, symbol: 'totalOf', inApp: true },
        { inApp: false, symbol: null },
        { inApp: false },
        { file: '/srv/shop/src/checkout.ts', line: 18, symbol: 'checkout', inApp: true },
      ],
      cause: { errorType: 'Error', message: 'cart is gone', frames: [{ symbol: 'load' }], cause: null },
    });
  });

  it('takes the source excerpt and the version line of an uncaught error into its event', () => {
    expect(shape(join(`${UNCAUGHT}\nlistening again`))).toEqual([
      [10, 'RangeError'],
      [1, null],
    ]);
  });

  it('lets a log line at level error introduce the trace that follows, and one at info not', () => {
    const error = '2026-01-05 12:00:00 ERROR request failed';
    expect(shape(join(`${error}\n${WITH_CAUSE}`))).toEqual([[11, 'TypeError']]);
    expect(shape(join(`2026-01-05 12:00:00 INFO request\n${WITH_CAUSE}`))).toEqual([
      [1, null],
      [10, 'TypeError'],
    ]);
    expect(shape(join(`${error} Error: boom\n    at f (/app/a.js:1:2)`))).toEqual([[2, 'Error']]);
    expect(shape(join(`ERROR:root:failed\n${PYTHON}`))).toEqual([[8, 'KeyError']]);
  });

  it('keeps an error line without a trace as the line it is', () => {
    expect(shape(join('2026-01-05 12:00:00 ERROR no disk\n2026-01-05 12:00:01 INFO next'))).toEqual([
      [1, null],
      [1, null],
    ]);
    expect(shape(join('Error: printed alone\nError: again\n    at f (/a/b.js:1:1)'))).toEqual([
      [1, null],
      [2, 'Error'],
    ]);
  });

  it('reads a Python traceback, innermost frame first', () => {
    const [only] = join(PYTHON);
    expect(only?.trace).toMatchObject({
      language: 'python',
      errorType: 'KeyError',
      message: "'blue'",
      frames: [
        { file: '/srv/app/models.py', line: 9, symbol: 'load', inApp: true },
        { file: '/srv/app/views.py', line: 20, symbol: 'show', inApp: true },
      ],
      cause: null,
    });
  });

  it('makes one event of chained tracebacks, the first one the cause', () => {
    const joined = join(`${PYTHON_CHAIN}\nINFO next`);
    expect(shape(joined)).toEqual([
      [16, 'web.errors.NotFound'],
      [1, null],
    ]);
    expect(joined[0]?.trace).toMatchObject({
      frames: [{ inApp: false }, { file: '/srv/app/main.py', symbol: null }],
      cause: { errorType: 'KeyError' },
    });
  });

  it('tells two tracebacks that follow each other apart', () => {
    expect(shape(join(`${PYTHON}\n${PYTHON}`))).toEqual([
      [7, 'KeyError'],
      [7, 'KeyError'],
    ]);
  });

  it('holds a trace until something else comes, and says from where it holds', () => {
    const joined: Joined[] = [];
    const one = joiner();
    const push = (text: string, offset: number) =>
      one.push({ text, offset, mark: null, receivedAt: offset, carried: null }, (found) =>
        joined.push(found),
      );
    push('plain', 1);
    expect(one.held()).toBeNull();
    push('TypeError: x', 10);
    push('    at f (/app/a.js:1:2)', 20);
    expect([one.held()?.offset, one.waitingSince(), joined.length]).toEqual([10, 20, 1]);
    push('{"msg":"next"}', 30);
    expect([one.held(), joined.length]).toEqual([null, 3]);
  });

  it('holds no more than some hundred lines, whatever comes', () => {
    const endless = `Error: x\n${'    at f (/app/a.js:1:2)\n'.repeat(5000)}`;
    expect(Math.max(...join(endless).map(({ lines }) => lines.length))).toBeLessThanOrEqual(600);
  });
});
