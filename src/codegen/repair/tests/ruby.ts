import { posix } from 'node:path';
import { stemOf } from './neighbour.ts';
import { calledIn, kebab, type NewFile, type TestSpec } from './spec.ts';

/** minitest, or RSpec where the project has a `spec` folder. */
export function rubyTest(spec: TestSpec): NewFile {
  const { neighbour, source, name } = spec;
  const isSpec = neighbour?.file.endsWith('_spec.rb') === true;
  const folder = neighbour === null ? 'test' : posix.dirname(neighbour.file);
  const stem = `${stemOf(source.file)}_${kebab(name).replaceAll('-', '_')}_repair`;
  const body = [...spec.before, claimOf(spec, isSpec)];
  const lines = isSpec
    ? [
        `RSpec.describe ${JSON.stringify(name)} do`,
        `  it ${JSON.stringify(spec.title)} do`,
        ...indented(body),
        '  end',
        'end',
        '',
      ]
    : [
        `class ${classOf(stem)} < Minitest::Test`,
        `  def test_${methodOf(spec.title)}`,
        ...indented(body),
        '  end',
        'end',
        '',
      ];
  const file = posix.join(folder, `${stem}${isSpec ? '_spec' : '_test'}.rb`);
  return { file, text: [...headOf(spec, folder), '', ...lines].join('\n') };
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function classOf(stem: string): string {
  return (
    stem
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('') + 'Test'
  );
}

function methodOf(title: string): string {
  return kebab(title).replaceAll('-', '_').slice(0, 70).replace(/_+$/, '');
}

/** What the neighbour brings in; without one, minitest and the file itself. */
function headOf({ neighbour, source }: TestSpec, folder: string): readonly string[] {
  const taken = neighbour?.text.split('\n').filter((line) => /^require(_relative)?\b/.test(line)) ?? [];
  const path = posix.relative(folder, source.file).replace(/\.rb$/, '');
  const own = neighbour?.isOfModule === true ? [] : [`require_relative ${JSON.stringify(path)}`];
  return [...(neighbour === null ? ['require "minitest/autorun"'] : taken), ...own];
}

function claimOf(spec: TestSpec, isSpec: boolean): string {
  const { gives } = spec.entry;
  const call = calledOn(
    spec,
    calledIn(spec, (owner, args) => `${owner}.new(${args})`),
  );
  const value = gives === null || gives === 'a number' ? null : spec.source.dialect.writing.value(gives);
  if (gives === 'a number')
    return isSpec ? `expect(${call}).to be_a(Numeric)` : `assert_kind_of Numeric, ${call}`;
  if (isSpec)
    return value === null ? `expect { ${call} }.not_to raise_error` : `expect(${call}).to eq(${value})`;
  if (value === null) return call;
  return value === 'nil'
    ? `assert_nil ${call}`
    : `assert_equal ${value.startsWith('{') ? `(${value})` : value}, ${call}`;
}

/** A method of a module that is only mixed in is called on something that has it. */
function calledOn({ entry }: TestSpec, call: string): string {
  const { owner, node, needsObject, name } = entry.routine;
  return owner !== null && !needsObject && node.type === 'method'
    ? `Object.new.extend(${owner}).${call.slice(call.indexOf(`.${name}`) + 1)}`
    : call;
}
