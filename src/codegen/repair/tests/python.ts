import { posix } from 'node:path';
import { importsOf, stemOf } from './neighbour.ts';
import { calledIn, kebab, type NewFile, type TestSpec } from './spec.ts';

/** pytest, or unittest where that is what the tests are written in. */
export function pythonTest(spec: TestSpec): NewFile {
  const { neighbour } = spec;
  const isUnittest = neighbour !== null && /\bTestCase\b/.test(neighbour.text);
  const name = `test_${snake(spec.title).slice(0, 70).replace(/_+$/, '')}`;
  const body = bodyOf(spec, isUnittest);
  const lines = isUnittest
    ? [`class ${classOf(spec)}(unittest.TestCase):`, ...headed(`    def ${name}(self):`, body, '        ')]
    : headed(`def ${name}():`, body, '    ');
  return { file: placeOf(spec), text: [...headOf(spec, isUnittest), '', '', ...lines, ''].join('\n') };
}

function headed(head: string, body: readonly string[], indent: string): readonly string[] {
  return [head, ...body.map((line) => `${indent}${line}`)];
}

function snake(text: string): string {
  return kebab(text).replaceAll('-', '_');
}

function classOf({ entry }: TestSpec): string {
  const words = kebab(entry.routine.name).split('-');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Repair`;
}

function placeOf({ source, name, neighbour }: TestSpec): string {
  const folder = neighbour === null ? 'tests' : posix.dirname(neighbour.file);
  return posix.join(folder, `test_${snake(stemOf(source.file))}_${snake(name)}_repair.py`);
}

function headOf(spec: TestSpec, isUnittest: boolean): readonly string[] {
  const { neighbour, source, entry } = spec;
  const name = entry.routine.owner ?? entry.routine.name;
  const text = [name, ...spec.before, ...spec.args, ...(spec.made ?? [])].join(' ');
  const used = (word: string) => new RegExp(`\\b${word}\\b`).test(text);
  const taken = (neighbour?.isOfModule === true ? importsOf(neighbour) : []).filter((line) =>
    (line.replace(/^from\s+\S+/, '').match(/\w+/g) ?? []).some(used),
  );
  const isThere = taken.some((line) => new RegExp(`\\b${name}\\b`).test(line.replace(/^from\s+\S+/, '')));
  const needed = [
    ...(isUnittest ? ['import unittest'] : []),
    ...(entry.routine.isAsync ? ['import asyncio'] : []),
    ...(used('SimpleNamespace') ? ['from types import SimpleNamespace'] : []),
  ];
  const own = isThere ? [] : [`from ${moduleOf(source.file)} import ${name}`];
  const rest = [...taken, ...own].filter((line) => !/^import unittest$/.test(line));
  return needed.length === 0 ? rest : [...needed, '', ...rest];
}

/** `src/shop/cart.py` is `shop.cart`. */
function moduleOf(file: string): string {
  return file
    .replace(/^src\//, '')
    .replace(/\.py$/, '')
    .replaceAll('/', '.');
}

function bodyOf(spec: TestSpec, isUnittest: boolean): readonly string[] {
  const { entry, source, before } = spec;
  const plain = calledIn(spec, (owner, args) => `${owner}(${args})`);
  const call = entry.routine.isAsync ? `asyncio.run(${plain})` : plain;
  if (entry.gives === null) return [...before, call];
  if (entry.gives === 'a number')
    return [
      ...before,
      isUnittest
        ? `self.assertIsInstance(${call}, (int, float))`
        : `assert isinstance(${call}, (int, float))`,
    ];
  const expected = source.dialect.writing.value(entry.gives);
  const isSingle = /^(None|True|False)$/.test(expected);
  if (isUnittest)
    return [
      ...before,
      isSingle ? `self.assertIs(${call}, ${expected})` : `self.assertEqual(${call}, ${expected})`,
    ];
  return [...before, `assert ${call} ${isSingle ? 'is' : '=='} ${expected}`];
}
