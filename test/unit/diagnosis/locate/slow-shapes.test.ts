import { describe, expect, it } from 'vitest';
import { slowLine } from '../../../../src/diagnosis/locate/slow-shapes.ts';

const slow = (text: string) => slowLine(text.split('\n'));

describe('slowLine', () => {
  it.each([
    [
      'function f(a) {\n  for (const x of a) {\n    for (const y of a) {\n      n += 1;\n    }\n  }\n}',
      3,
      'loops inside a loop',
    ],
    [
      'function f(a) {\n  for (const x of a) {\n    const o = a.filter((y) => y.id === x.id);\n  }\n}',
      3,
      'searches inside a loop',
    ],
    ['async function f(a) {\n  for (const x of a) {\n    await save(x);\n  }\n}', 3, 'waits inside a loop'],
    ['function f() {\n  return readFileSync("x");\n}', 2, 'blocks'],
    [
      'const f = (a, b) =>\n  a.map((x) => b.find((y) => y === x));',
      2,
      'searches a list for each item of another',
    ],
    ['def f(a):\n    for x in a:\n        for y in a:\n            n += 1', 3, 'loops inside a loop'],
    ['def f():\n    time.sleep(1)', 2, 'blocks'],
    [
      'function f(a) {\n  a.forEach((x) => {\n    b.push(JSON.parse(x));\n  });\n}',
      3,
      'searches inside a loop',
    ],
  ])('sees it in %j', (text, line, why) => {
    expect(slow(text)).toEqual({ line, why });
  });

  it.each([
    'function f(a) {\n  for (const x of a) {\n    n += x;\n  }\n  return a.find((x) => x > n);\n}',
    'function f(a) {\n  const b = a.filter((x) => x > 1);\n  return b.map((x) => x + 1);\n}',
    'function f() {\n  // for (const a of b) for (const c of d)\n  return 1;\n}',
    'async function f(s) {\n  for await (const x of s) {\n    n += x;\n  }\n}',
  ])('sees nothing in %j', (text) => {
    expect(slow(text)).toBeNull();
  });
});
