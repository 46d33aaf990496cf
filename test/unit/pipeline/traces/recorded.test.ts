import { describe, expect, it } from 'vitest';
import { causesFirst, type Frame, type StackTrace } from '../../../../src/domain/trace.ts';
import { placeOf } from '../../../../src/pipeline/traces/place.ts';
import { joined, recorded } from '../../../support/recorded-traces.ts';

const at = ({ file, line, symbol }: Frame) => `${symbol ?? '-'} ${file}:${line ?? '?'}`;

/** Of each error, nearest to the fault first: class, first line of its message, innermost frame of the application. */
function told(trace: StackTrace): readonly string[] {
  return causesFirst(trace).map(({ errorType, message, frames }) => {
    const own = frames.find(({ inApp }) => inApp);
    return `${errorType}: ${message.split('\n')[0] ?? ''} @ ${own === undefined ? 'nowhere' : at(own)}`;
  });
}

/** The traces of a recording, and how many lines stayed by themselves. */
function read(file: string, name: string) {
  const all = joined(recorded(file).get(name) ?? '');
  const traces = all.flatMap(({ trace }) => (trace === null ? [] : [trace]));
  return { alone: all.length - traces.length, told: traces.map(told) };
}

describe('traces as runtimes print them', () => {
  it.each([
    [
      'javascript',
      'cause',
      [
        [
          'TypeError: no @ load /srv/shop/src/a.mjs:1',
          'Error: cart 7 is gone @ load /srv/shop/src/a.mjs:1',
          'RangeError: checkout failed @ checkout /srv/shop/src/a.mjs:3',
        ],
      ],
    ],
    [
      'javascript',
      'agg',
      [
        [
          'RangeError: checkout failed @ checkout /srv/shop/src/a.mjs:3',
          'RangeError: checkout failed @ checkout /srv/shop/src/a.mjs:3',
          'AggregateError: All promises were rejected @ nowhere',
        ],
      ],
    ],
    [
      'javascript',
      'agg2',
      [
        [
          'Error: c @ - /srv/shop/src/a.mjs:9',
          'Error: one @ - /srv/shop/src/a.mjs:9',
          'Error: deep @ - /srv/shop/src/a.mjs:9',
          'TypeError: two @ - /srv/shop/src/a.mjs:9',
          'AggregateError: both failed @ - /srv/shop/src/a.mjs:9',
        ],
      ],
    ],
    ['javascript', 'eval', [['SyntaxError: in eval @ boom /srv/shop/src/a.mjs:6']]],
    ['javascript', 'native', [['SyntaxError: 1 @ boom /srv/shop/src/a.mjs:6']]],
    ['javascript', 'class', [['HttpError: multi @ - /srv/shop/src/a.mjs:18']]],
    [
      'javascript',
      'assert',
      [['AssertionError: Expected values to be loosely deep-equal: @ - /srv/shop/src/a.mjs:19']],
    ],
    ['javascript', 'text', [['Uncaught: 5 @ - /srv/shop/src/t.cjs:1']]],
    ['javascript', 'syntax', [['SyntaxError: Unexpected end of input @ - /srv/shop/src/s.cjs:2']]],
    [
      'javascript',
      'missing',
      [["Error: Cannot find module './nope' @ Object.<anonymous> /srv/shop/src/r.cjs:1"]],
    ],
    [
      'python',
      'context',
      [
        [
          "KeyError: 'no row' @ load /srv/shop/src/p.py:3",
          'RuntimeError: other @ chain /srv/shop/src/p.py:9',
        ],
      ],
    ],
    [
      'python',
      'group',
      [
        [
          "KeyError: 'no row' @ load /srv/shop/src/p.py:3",
          "KeyError: 'no row' @ load /srv/shop/src/p.py:3",
          'ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions) @ group /srv/shop/src/p.py:15',
        ],
      ],
    ],
    [
      'python',
      'nested',
      [
        [
          'TypeError: 1 @ nowhere',
          'ValueError: x @ nowhere',
          'OSError: y @ nowhere',
          'ExceptionGroup: inner (2 sub-exceptions) @ nowhere',
          'ExceptionGroup: eg (2 sub-exceptions) @ - /srv/shop/src/p.py:21',
          'RuntimeError: after @ - /srv/shop/src/p.py:23',
        ],
      ],
    ],
    ['python', 'rec', [['RecursionError: maximum recursion depth exceeded @ rec /srv/shop/src/p.py:10']]],
    [
      'python',
      'colour',
      [
        [
          "KeyError: 'no row' @ load /srv/shop/src/p.py:3",
          'RuntimeError: other @ chain /srv/shop/src/p.py:9',
        ],
      ],
    ],
    ['python', 'module', [['SyntaxError: invalid syntax @ - /srv/shop/src/broken.py:1']]],
    [
      'java',
      'plain',
      [
        [
          'java.lang.NullPointerException: Cannot invoke "Object.hashCode()" because "<local1>" is null @ Main.load shop/Main.java:6',
        ],
      ],
    ],
    [
      'java',
      'cause',
      [
        [
          'java.lang.NullPointerException: Cannot invoke "Object.hashCode()" because "<local1>" is null @ Main.load shop/Main.java:6',
          'java.lang.IllegalStateException: close failed @ Main.close shop/Main.java:5',
          'shop.Main$CartException: checkout failed @ Main.checkout shop/Main.java:7',
        ],
      ],
    ],
    [
      'java',
      'circular',
      [
        [
          'java.lang.Exception: b @ Main.main shop/Main.java:13',
          'java.lang.Exception: a @ Main.main shop/Main.java:13',
        ],
      ],
    ],
    [
      'java',
      'reflect',
      [
        [
          'java.lang.NullPointerException: Cannot invoke "Object.hashCode()" because "<local1>" is null @ Main.load shop/Main.java:6',
          'java.lang.reflect.InvocationTargetException:  @ Main.main shop/Main.java:16',
        ],
      ],
    ],
    ['java', 'class', [['java.lang.ClassNotFoundException: x.Y @ Main.main shop/Main.java:20']]],
    [
      'go',
      'index',
      [['panic: runtime error: index out of range [3] with length 0 @ main.load /srv/shop/main.go:5']],
    ],
    [
      'go',
      'nil',
      [
        [
          'panic: runtime error: invalid memory address or nil pointer dereference @ main.nilp /srv/shop/main.go:6',
        ],
      ],
    ],
    [
      'go',
      'again',
      [
        [
          'panic: runtime error: index out of range [3] with length 0 @ nowhere',
          'panic: again: runtime error: index out of range [3] with length 0 @ main.load /srv/shop/main.go:5',
        ],
      ],
    ],
    ['go', 'dead', [['fatal error: all goroutines are asleep - deadlock! @ main.main /srv/shop/main.go:15']]],
    ['go', 'map', [['fatal error: concurrent map writes @ main.main.func2 /srv/shop/main.go:17']]],
    ['ruby', 'cause', [['KeyError: no row @ load a.rb:4', 'CartError: checkout failed @ checkout a.rb:8']]],
    ['ruby', 'block', [['KeyError: no row @ load a.rb:4']]],
    ['ruby', 'none', [["NoMethodError: undefined method `foo' for nil:NilClass @ - a.rb:16"]]],
    ['ruby', 'log', [['CartError: checkout failed @ checkout a.rb:8']]],
    [
      'php',
      'cause',
      [
        [
          'RuntimeException: no row @ Shop\\Cart->load /srv/shop/a.php:3',
          'LogicException: checkout failed @ Shop\\Cart->checkout /srv/shop/a.php:4',
        ],
      ],
    ],
    ['rust', 'index', [['panic: index out of bounds: the len is 1 but the index is 3 @ m::load ./m.rs:1']]],
    ['rust', 'short', [['panic: index out of bounds: the len is 1 but the index is 3 @ - m.rs:1']]],
  ])('reads %s: %s', (file, name, expected) => {
    expect(read(file, name)).toEqual({ alone: 0, told: expected });
  });

  it.each([
    ['rustold', 0, [['panic: no row @ - src/main.rs:4']]],
    [
      'dotnet',
      0,
      [
        [
          'System.Collections.Generic.KeyNotFoundException: no row @ Shop.Cart.Load /src/Shop/Cart.cs:12',
          'System.InvalidOperationException: checkout failed @ Shop.Cart.Total /src/Shop/Cart.cs:24',
        ],
      ],
    ],
    ['deno', 0, [['Error: boom @ load /srv/shop/main.ts:3']]],
    ['bun', 2, [['Error: boom @ load /srv/shop/x.js:1']]],
    ['firefox', 0, [['TypeError: cart is undefined @ total https://shop.example/static/app.js:10']]],
    ['windows', 0, [['TypeError: x @ load C:\\srv\\shop\\src\\a.js:3']]],
    ['ruby34', 0, [['CartError: checkout failed @ Shop::Cart#checkout a.rb:8']]],
    [
      'rails',
      1,
      [
        [
          "NoMethodError: undefined method 'x' for nil @ CartsController#show app/controllers/carts_controller.rb:5",
        ],
      ],
    ],
    ['pkgerrors', 1, [['error: checkout failed: no row @ main.load /srv/shop/main.go:10']]],
    [
      'httppanic',
      1,
      [['panic: runtime error: index out of range [3] with length 0 @ main.handler /srv/shop/main.go:12']],
    ],
    ['laravel', 1, [['App\\Errors\\CartError: no row @ App\\Cart->load /srv/shop/app/Cart.php:3']]],
    ['scala', 0, [['java.util.NoSuchElementException: None.get @ Cart.$anonfun$total$1 shop/Cart.scala:12']]],
    ['json', 2, [['TypeError: x is undefined @ f /app/a.js:1']]],
    ['winston', 1, [['Error: boom @ f /app/a.js:1']]],
  ])('reads what loggers and other runtimes write: %s', (name, alone, expected) => {
    expect(read('logged', name)).toEqual({ alone, told: expected });
  });

  it('takes the further lines of a message in where a logger stamps its records, and leaves them alone elsewhere', () => {
    const [logged] = joined(recorded('python').get('log') ?? '');
    expect(logged?.trace?.message).toBe('bad cart\nsecond line\n  third');
    expect(read('python', 'log').alone).toBe(1);
    expect(read('python', 'direct').alone).toBe(2);
  });

  it('puts the frames back that a cause shares with the error around it', () => {
    const trace = joined(recorded('java').get('cause') ?? '')[0]?.trace;
    expect(trace?.cause?.frames.map(at)).toEqual([
      'Main.load shop/Main.java:6',
      'Main.checkout shop/Main.java:7',
      'Main.main shop/Main.java:12',
    ]);
  });

  it('finds the place of an aggregate in the first error that it gathers, where it has none of its own', () => {
    const trace = joined(recorded('javascript').get('agg') ?? '')[0]?.trace ?? null;
    expect(trace && placeOf(trace)).toBe('src/a.mjs checkout');
  });
});
