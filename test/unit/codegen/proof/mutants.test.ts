import { describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../../../src/adapters/syntax/parser.ts';
import { changedFunctions } from '../../../../src/codegen/proof/changed-functions.ts';
import { changedCodeLines } from '../../../../src/codegen/proof/changed-lines.ts';
import { type Mutant, mutantsOf } from '../../../../src/codegen/proof/mutants/mutants.ts';
import { languageOfFile } from '../../../../src/codegen/source-language.ts';
import { aChange } from '../../../support/fix-samples.ts';

const parser = treeSitterParser();

/** Mutants of each function that differs between the texts, by its name. */
async function spoilt(
  path: string,
  before: string | null,
  after: string,
): Promise<Readonly<Record<string, readonly Mutant[]>>> {
  const root = await parser.parse(path, after);
  const language = languageOfFile(path);
  if (root === null || language === null) throw new Error(`${path} cannot be read`);
  const changed = changedCodeLines(aChange(path, before, after), root);
  const found = changedFunctions(root, changed);
  return Object.fromEntries(
    found.map((one) => [one.name, mutantsOf(one, { text: after, language }, changed)]),
  );
}

const CODE: readonly (readonly [path: string, text: string, name: string, expected: readonly string[]])[] = [
  ['a.js', 'function total(order) {\n  if (order === null) return 0;\n  log(order);\n  return (order.lines ?? []).length + 1;\n}\n', 'total',
    ['if (false) return 0', 'order !== null', '(order.lines).length', '[null]', 'return undefined', '.length - 1', '.length + 2', '  ;\n']],
  ['a.ts', 'const total = (order?: Order): number => order?.lines.length;\n', 'total', ['order.lines.length', '=> undefined']],
  ['a.py', 'def total(order):\n    if order is None:\n        return 0\n    log(order)\n    return len(order.get("lines", [])) + 1\n', 'total',
    ['if False:', 'order is not None', 'order.get("lines")', '[None]', 'return None', ' - 1', '    pass\n']],
  ['a.go', 'package a\n\nfunc Total(order *Order) int {\n\tif order == nil {\n\t\treturn 0\n\t}\n\tlog(order)\n\treturn len(order.Lines) + 1\n}\n', 'Total',
    ['if false {', 'order != nil', 'return 0\n}', ' - 1', '_ = 0']],
  ['A.java', 'class A {\n  int total(Order order) {\n    if (order == null) { return 0; }\n    log(order);\n    return counts.getOrDefault(order.id, 0) + 1;\n  }\n}\n', 'total',
    ['if (false)', 'order != null', 'counts.get(order.id)', 'return 0;\n  }', ' - 1']],
  ['a.rb', 'def total(order)\n  return 0 if order.nil?\n  log(order)\n  order&.lines || 3\nend\n', 'total',
    ['return 0 if false', 'if !(order.nil?)', 'order.lines || 3', '  order&.lines\n', 'return nil', '|| 4', '  nil\n']],
]; // biome-ignore format: a table

describe('small changes of a function', () => {
  it.each(CODE)('are found in %s', async (path, text, name, expected) => {
    const mutants = (await spoilt(path, null, text))[name] ?? [];
    for (const part of expected) {
      expect(
        [part, mutants.some((mutant) => mutant.text.includes(part) && !text.includes(part))],
        part,
      ).toEqual([part, true]);
    }
  });

  it.each(CODE)('can be read in %s, and differ from it', async (path, text, name) => {
    for (const mutant of (await spoilt(path, null, text))[name] ?? []) {
      const root = await parser.parse(path, mutant.text);
      expect([mutant.what, root?.hasError, mutant.text === text]).toEqual([mutant.what, false, false]);
    }
  });

  it('begin with what was changed, and leave loops for the end', async () => {
    const before =
      'function f(list) {\n  let sum = 0;\n  for (let i = 0; i < list.length; i += 1) sum += list[i];\n  return sum;\n}\n';
    const mutants =
      (await spoilt('a.js', before, before.replace('return sum;', 'return sum + 1;')))['f'] ?? [];
    expect(mutants[0]?.line).toBe(4);
    expect(mutants.at(-1)?.line).toBe(3);
  });
});

describe('the functions that a change is about', () => {
  const before =
    'function a() {\n  return 1;\n}\nfunction b() {\n  // one\n  check();\n  return 2;\n}\nconst C = 3;\n';
  it.each([
    ['a changed line', before.replace('return 1', 'return 5'), ['a']],
    ['a line taken out', before.replace('  check();\n', ''), ['b']],
    ['a comment', before.replace('// one', '// two'), []],
    ['a statement of the file', before.replace('const C = 3', 'const C = 4'), ['line 9']],
    [
      'a function inside of another',
      before.replace('  return 1;', '  const inner = () => 5;\n  return inner();'),
      ['inner', 'a'],
    ],
  ])('are known by %s', async (_, after, names) => {
    expect(Object.keys(await spoilt('a.js', before, after)).toSorted()).toEqual([...names].toSorted());
  });
});
