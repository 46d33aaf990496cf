import { describe, expect, it } from 'vitest';
import { probed, ranOf } from '../../../../bench/localise/probes.ts';
import { java } from '../../../../bench/localise/projects/java.ts';
import { python } from '../../../../bench/localise/projects/python.ts';
import { functionsOf, parserOf } from '../../../../bench/localise/syntax.ts';

describe('probes', () => {
  it('stand first in a function, in its own line or in that of the signature', async () => {
    const text = 'def f(a):\n    if a:\n        return 1\n\ndef g(): return 2\n';
    const parse = await parserOf('python');
    expect(probed(text, functionsOf(parse(text)), 4, python).split('\n')).toEqual([
      'def f(a):',
      "    __import__('sys').stderr.write('@@4\\n')",
      '    if a:',
      '        return 1',
      '',
      "def g(): __import__('sys').stderr.write('@@5\\n'); return 2",
      '',
    ]);
  });

  it('do not stand before the call of another constructor', async () => {
    const text = 'class A { A() { this(1); } A(int b) { c = b; } }';
    const parse = await parserOf('java');
    expect(probed(text, functionsOf(parse(text)), 0, java)).toBe(
      'class A { A() { this(1); } A(int b) { System.err.println("@@1");  c = b; } }',
    );
  });

  it('are read back from stderr, among other words', () => {
    expect(ranOf('@@3\nwarning: x@@y\n@@11\n@@3\n')).toEqual(new Set([3, 11]));
  });
});
