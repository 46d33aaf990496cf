import { posix } from 'node:path';
import { importsOf, stemOf } from './neighbour.ts';
import { kebab, type NewFile, type TestSpec } from './spec.ts';

/** `go test`, in the package itself. */
export function goTest(spec: TestSpec): NewFile {
  const { source, entry, args, name } = spec;
  const file = posix.join(
    posix.dirname(source.file),
    `${stemOf(source.file)}_${kebab(name).replaceAll('-', '_')}_repair_test.go`,
  );
  const packageLine = importsOf(source).find((line) => line.startsWith('package ')) ?? 'package main';
  const { routine } = entry;
  const [object = '', ...rest] = args;
  const call = routine.needsObject
    ? `(${object}).${routine.name}(${rest.join(', ')})`
    : `${routine.name}(${args.join(', ')})`;
  const title = `Test${routine.name.charAt(0).toUpperCase()}${routine.name.slice(1)}Repair`;
  const lines = [
    packageLine,
    '',
    'import "testing"',
    '',
    `// ${spec.title}.`,
    `func ${title}(t *testing.T) {`,
    ...claimOf(spec, call),
    '}',
    '',
  ];
  return { file, text: lines.join('\n') };
}

function claimOf({ entry, source }: TestSpec, call: string): readonly string[] {
  const { gives, routine } = entry;
  const declared = routine.gives ?? 'void';
  const others = declared.startsWith('(') ? ', _'.repeat(declared.split(',').length - 1) : '';
  const value = gives === null || gives === 'a number' ? null : source.dialect.writing.value(gives);
  const [first = ''] = value?.split(', ') ?? [];
  const isComparable = /^("|-?\d|true$|false$|nil$)/.test(first);
  if (value === null || !isComparable) return [`\t${call}`];
  const isSlice = first === 'nil' && /^\(?(\[\]|map\[)/.test(declared);
  const wrong = isSlice ? 'len(got) != 0' : `got != ${first}`;
  return [
    `\tgot${others} := ${call}`,
    `\tif ${wrong} {`,
    `\t\tt.Errorf("got %v, want %v", got, ${isSlice ? '0' : first})`,
    '\t}',
  ];
}
