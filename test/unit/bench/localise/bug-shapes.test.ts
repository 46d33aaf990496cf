import { describe, expect, it } from 'vitest';
import { BUG_SHAPES } from '../../../../bench/localise/bug-shapes.ts';
import type { Language } from '../../../../bench/localise/language.ts';
import { edited } from '../../../../bench/localise/mutate.ts';
import { functionsOf, parserOf, walk } from '../../../../bench/localise/syntax.ts';

/** All texts that a shape makes of a function. */
async function variants(language: Language, shape: string, text: string): Promise<readonly string[]> {
  const parse = await parserOf(language);
  const owner = functionsOf(parse(text))[0];
  if (owner === undefined) throw new Error('the sample has no function');
  return [...walk(owner.body.parent ?? owner.body)]
    .flatMap((node) => BUG_SHAPES[shape]?.(node, owner.parameters) ?? [])
    .map((edit) => edited(text, [edit]));
}

const SAMPLES: readonly (readonly [Language, string, string, string])[] = [
  ['python', 'off by one', 'def f(a):\n    return a[1:]', 'def f(a):\n    return a[2:]'],
  [
    'java',
    'off by one',
    'class A { int f(int n) { return n < 5 ? n : 0; } }',
    'class A { int f(int n) { return n <= 5 ? n : 0; } }',
  ],
  [
    'go',
    'wrong operator',
    'package p\nfunc f(a, b int) bool { return a == b && b > 0 }',
    'package p\nfunc f(a, b int) bool { return a == b || b > 0 }',
  ],
  ['ruby', 'missing not', 'def f(a)\n  g unless !a\nend', 'def f(a)\n  g unless a\nend'],
  [
    'typescript',
    'missing await',
    'async function f() { return await g(); }',
    'async function f() { return g(); }',
  ],
  [
    'javascript',
    'null dereference',
    'const f = (a) => { return a?.b; };',
    'const f = (a) => { return a.b; };',
  ],
  [
    'python',
    'null dereference',
    'def f(a):\n    return a.b if a is not None else 0',
    'def f(a):\n    return a.b',
  ],
  ['ruby', 'null dereference', 'def f(a)\n  a&.b\nend', 'def f(a)\n  a.b\nend'],
  [
    'javascript',
    'missing guard',
    'function f(a) { if (!a) return 0; return a.b; }',
    'function f(a) {  return a.b; }',
  ],
  ['ruby', 'missing guard', 'def f(a)\n  return 0 if a.nil?\n  a.b\nend', 'def f(a)\n  nil\n  a.b\nend'],
  [
    'go',
    'swallowed error',
    'package p\nfunc f() (int, error) { return 0, err }',
    'package p\nfunc f() (int, error) { return 0, nil }',
  ],
  ['python', 'swallowed error', 'def f(a):\n    raise ValueError(a)', 'def f(a):\n    pass'],
  [
    'java',
    'missing clean-up',
    'class A { void f(B b) { b.close(); g(); } }',
    'class A { void f(B b) {  g(); } }',
  ],
  ['python', 'missing update', 'def f(a):\n    a.n += 1', 'def f(a):\n    pass'],
  ['javascript', 'missing return', 'function f(a) { return a.b; }', 'function f(a) { a.b }'],
  ['python', 'bad default', 'def f(a, b=True):\n    return a', 'def f(a, b=False):\n    return a'],
  [
    'javascript',
    'wrong pattern',
    'function f(a) { return /^a+b/.test(a); }',
    'function f(a) { return /a+b/.test(a); }',
  ],
  [
    'javascript',
    'wrong timezone',
    'function f(a) { return a.getUTCHours(); }',
    'function f(a) { return a.getHours(); }',
  ],
  [
    'go',
    'wrong argument order',
    'package p\nfunc f(a, b int) int { return g(a, b) }',
    'package p\nfunc f(a, b int) int { return g(b, a) }',
  ],
  [
    'java',
    'wrong variable',
    'class A { int f(int a, int b) { return g(a); } }',
    'class A { int f(int a, int b) { return g(b); } }',
  ],
];

describe('the shapes of bugs', () => {
  it.each(SAMPLES)('%s: %s', async (language, shape, text, wrong) => {
    expect(await variants(language, shape, text)).toContain(wrong);
  });

  it('has a sample of each', () => {
    expect(new Set(SAMPLES.map(([, shape]) => shape))).toEqual(new Set(Object.keys(BUG_SHAPES)));
  });

  it('leaves types and signs alone', async () => {
    const text = 'function f(a: string | Map<string, -1>): void {}';
    expect(await variants('typescript', 'wrong operator', text)).toEqual([]);
  });
});
