import { describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../../../src/adapters/syntax/parser.ts';
import { partsOf } from '../../../../src/codegen/proof/change-parts.ts';
import { tamperingIn } from '../../../../src/codegen/proof/tamper/tamper.ts';
import type { FileChange } from '../../../../src/ports/workspace.ts';
import { aChange } from '../../../support/fix-samples.ts';

const parser = treeSitterParser();
const isTest = (path: string) =>
  /\.test\.[jt]s$|test_.*\.py$|_test\.go$|Test\.java$|_(spec|test)\.rb$/.test(path);

const foundIn = async (changes: readonly FileChange[], errorType: string | null = null) =>
  (await tamperingIn({ changes, parser, plan: { errorType } }, partsOf(changes, isTest))).join('; ');
const found = (path: string, before: string | null, after: string | null, errorType: string | null = null) =>
  foundIn([aChange(path, before, after)], errorType);

const JS = `import { total } from '../src/total.js';
it('adds', () => {
  const order = { lines: [1] };
  expect(total(order)).toBe(1);
  expect(total(order)).toEqual(
    [1],
  );
});
`;
const NEW_JS = "it('is none', () => {\n  expect(none()).toBe(0);\n});\n";

describe('tampering with tests', () => {
  it('is not seen in added tests, changed imports, comments and layout', async () => {
    const after = JS.replace('{ total }', '{ total, none }')
      .replace("it('adds'", "// about\n  it('adds'")
      .concat(NEW_JS);
    expect(await found('a.test.js', JS, after)).toBe('');
    expect(await found('a.test.js', 'each([\n  1\n])', 'each([\n  1,\n  2\n])')).toBe('');
    expect(await found('b.test.js', null, JS)).toBe('');
  });

  it.each([
    ['a deleted file', null, /deleted/],
    ['a removed assertion', JS.replace('  expect(total(order)).toBe(1);\n', ''), /assertion was removed/],
    ['a loosened assertion', JS.replace('.toBe(1)', '.toBeTruthy()'), /assertion was removed or changed/],
    ['a changed expectation over many lines', JS.replace('[1],\n  )', '[2],\n  )'), /test code was removed or/],
    ['a changed input', JS.replace('lines: [1]', 'lines: [0]'), /test code was removed or changed/],
    ['an early return', JS.replace('=> {\n', '=> {\n  return;\n'), /early return/],
    ['skip', JS.replace("it('adds'", "it.skip('adds'"), /skipped/],
    ['only', JS.concat("it.only('x', () => {});\n"), /skipped/],
    ['xit', JS.replace("it('adds'", "xit('adds'"), /skipped/],
    ['an option', JS.replace("'adds', ", "'adds', { skip: true }, "), /skipped/],
    ['a skip in the body', JS.replace('=> {\n', '(t) => {\n  t.skip();\n'), /skipped/],
    ['an exit', JS.concat('process.exit(0);\n'), /skipped/],
    ['a comment around it', JS.replace('  expect(total(order)).toBe(1);', '  /*\n  expect(total(order)).toBe(1);\n  */'), /removed/],
    ['a branch around it', JS.replace('  expect(total(order)).toBe(1);', '  if (order.none) {\n  expect(total(order)).toBe(1);\n  }'), /put where it may not be run/],
    ['a try around it', JS.replace('  expect(total(order)).toBe(1);', '  try {\n  expect(total(order)).toBe(1);\n  } catch {}'), /put where it may not be run/],
    ['a function around it', JS.replace('  expect(total(order)).toBe(1);', '  const later = () => {\n  expect(total(order)).toBe(1);\n  };'), /put where it may not be run/],
    ['another expect', JS.replace("it('adds'", "const expect = () => ({ toBe() {}, toEqual() {} });\nit('adds'"), /defined anew/],
    ['a suppression', JS.concat('// eslint-disable-next-line\n', NEW_JS), /look away/],
    ['a test without assertion', JS.concat("it('runs', () => {\n  total({});\n});\n"), /asserts nothing/],
    ['a trivial assertion', JS.concat("it('runs', () => {\n  total({});\n  expect(true).toBe(true);\n});\n"), /asserts nothing/],
  ])('is seen: %s', async (_, after, reason) => expect(await found('a.test.js', JS, after)).toMatch(reason)); // biome-ignore format: a table

  it.each([
    '@pytest.mark.skip\ndef test_a():\n    assert f() == 1\n',
    '@pytest.mark.xfail\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    pytest.skip("x")\n    assert f() == 1\n',
    'pytestmark = x\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    assert f()\n',
    'def test_b():\n    assert f() == 1\n',
    'def test_a():\n    """\n    assert f() == 1\n    """\n',
    'def test_a():\n    with suppress(Exception):\n        assert f() == 1\n',
    'def test_a():\n    assert f() == 1\n\ndef test_b():\n    f(None)\n    assert True\n',
    'def test_a():\n    assert f() == 1\n\ndef test_b():\n    assert f(2) == 1  # type: ignore\n',
  ])('is seen in Python: %j', async (after) => {
    expect(await found('test_a.py', 'def test_a():\n    assert f() == 1\n', after)).not.toBe('');
  });

  const GO =
    'package a\n\nimport "testing"\n\nfunc TestF(t *testing.T) {\n\tif F(1) != 1 {\n\t\tt.Errorf("got %d", F(1))\n\t}\n}\n';
  const JAVA = 'class ATest {\n  @Test\n  void adds() {\n    assertEquals(1, a.f());\n  }\n}\n';
  const RUBY = 'class ATest < Minitest::Test\n  def test_f\n    assert_equal 1, f\n  end\nend\n';
  const SPEC = "describe 'f' do\n  it 'adds' do\n    expect(f).to eq(1)\n  end\nend\n";
  it.each([
    ['a_test.go', GO, GO.replace('\tif F', '\tt.Skip("later")\n\tif F')],
    ['a_test.go', GO, GO.replace('F(1) != 1', 'F(1) < 1')],
    ['a_test.go', GO, `//go:build never\n\n${GO}`],
    ['a_test.go', GO, `${GO}func TestMain(m *testing.M) {\n\tos.Exit(0)\n}\n`],
    ['a_test.go', GO, `${GO}func TestG(t *testing.T) {\n\tF(2)\n}\n`],
    ['ATest.java', JAVA, JAVA.replace('@Test', '@Disabled\n  @Test')],
    ['ATest.java', JAVA, JAVA.replace('assertEquals(1, a.f());', 'assertNotNull(a.f());')],
    ['ATest.java', JAVA, JAVA.replace('    assert', '    assumeTrue(false);\n    assert')],
    ['ATest.java', JAVA, JAVA.replace('  void adds', '  @SuppressWarnings("all")\n  void adds')],
    ['a_test.rb', RUBY, RUBY.replace('    assert', '    skip\n    assert')],
    ['a_test.rb', RUBY, RUBY.replace('assert_equal 1, f', 'assert f')],
    ['a_spec.rb', SPEC, SPEC.replace("it 'adds'", "xit 'adds'")],
    ['a_spec.rb', SPEC, SPEC.replace("it 'adds' do", "it 'adds', :skip do")],
    ['a_spec.rb', SPEC, SPEC.replace("    expect", "    pending 'x'\n    expect")],
  ])('is seen in %s: %j', async (path, before, after) => expect(await found(path, before, after)).not.toBe('')); // biome-ignore format: a table

  it.each([
    ['a_test.go', GO, `${GO}\nfunc TestG(t *testing.T) {\n\tif F(2) != 2 {\n\t\tt.Fatal("not 2")\n\t}\n}\n`],
    ['ATest.java', JAVA, JAVA.replace(/\}\n$/, '  @Test\n  void none() {\n    assertEquals(0, a.none());\n  }\n}\n')],
    ['a_test.rb', RUBY, RUBY.replace(/end\n$/, '  def test_none\n    assert_equal 0, none\n  end\nend\n')],
    ['a_spec.rb', SPEC, SPEC.replace(/end\n$/, "  it 'is none' do\n    expect(none).to eq(0)\n  end\nend\n")],
    ['test_a.py', 'def test_a():\n    assert f() == 1\n', 'def test_a():\n    assert f() == 1\n\n\ndef test_b():\n    with pytest.raises(ValueError):\n        f(None)\n'],
  ])('is not seen in a test that is added: %s', async (path, before, after) => expect(await found(path, before, after)).toBe('')); // biome-ignore format: a table

  it('is seen in what tests rest on', async () => {
    expect(await found('test/fixtures/a.json', '{"a": 1}\n', '{"a": 2}\n')).toMatch(/changed/);
    expect(await found('src/__snapshots__/a.snap', 'exports[`a`] = `1`;\n', 'exports[`a`] = `2`;\n')).toMatch(
      /changed/,
    );
  });
});

describe('source that passes tests without being a fix', () => {
  it.each([
    ['a.js', "if (process.env.NODE_ENV === 'test') return 1;\n"],
    ['a.js', 'if (process.env.CI) return 1;\n'],
    ['a.py', 'if "pytest" in sys.modules:\n    x = 1\n'],
    ['a.go', 'package a\n\nvar x = testing.Testing()\n'],
    ['a.rb', 'x = defined?(Minitest)\n'],
    ['A.java', 'class A { boolean t() { return System.getenv("CI") != null; } }\n'],
  ])('asks whether it is tested: %s %j', async (path, after) => {
    expect(await found(path, '', after)).toMatch(/being tested/);
  });

  it.each([
    ['a.js', 'function f(a) {\n  try {\n    return a.b.c;\n  } catch {\n    return 0;\n  }\n}\n'],
    ['a.js', 'function f(a) {\n  try {\n    return a.b.c;\n  } catch (error) {}\n}\n'],
    ['a.js', 'const f = () => load().catch(() => {});\n'],
    ['a.js', "process.on('uncaughtException', () => {});\n"],
    ['a.py', 'def f(a):\n    try:\n        return a["b"]\n    except:\n        return 0\n'],
    ['a.py', 'def f(a):\n    try:\n        return a["b"]\n    except Exception:\n        return 0\n'],
    ['a.py', 'def f(a):\n    try:\n        return a["b"]\n    except KeyError:\n        pass\n'],
    ['a.py', 'def f(a):\n    with suppress(Exception):\n        return a["b"]\n'],
    ['A.java', 'class A {\n  int f() {\n    try {\n      return g();\n    } catch (Exception e) {\n      return 0;\n    }\n  }\n}\n'],
    ['a.rb', 'def f(a)\n  a.b.c rescue nil\nend\n'],
    ['a.rb', 'def f(a)\n  a.b.c\nrescue StandardError\n  nil\nend\n'],
    ['a.go', 'package a\n\nfunc F(a []int) int {\n\tdefer func() { recover() }()\n\treturn a[3]\n}\n'],
  ])('swallows the error: %s %j', async (path, after) => {
    expect(await found(path, null, after, 'KeyError')).toMatch(/error|rejection|panic/);
  }); // biome-ignore format: a table

  it.each([
    ['a.js', 'function f(text) {\n  try {\n    return JSON.parse(text);\n  } catch {\n    return null;\n  }\n}\n'],
    ['a.js', 'function f(a) {\n  try {\n    return g(a);\n  } catch (error) {\n    log.warn(error);\n    return null;\n  }\n}\n'],
    ['a.js', "function f(a) {\n  try {\n    return g(a);\n  } catch (error) {\n    throw new Error('no', { cause: error });\n  }\n}\n"],
    ['a.py', 'def f(a):\n    try:\n        return a["b"]\n    except KeyError:\n        return 0\n'],
    ['a.py', 'def f(a):\n    try:\n        return g(a)\n    except FileNotFoundError:\n        pass\n'],
    ['A.java', 'class A {\n  int f(String s) {\n    try {\n      return Integer.parseInt(s);\n    } catch (NumberFormatException e) {\n      return 0;\n    }\n  }\n}\n'],
    ['a.rb', 'def f(text)\n  JSON.parse(text)\nrescue JSON::ParserError\n  nil\nend\n'],
  ])('handles an error: %s %j', async (path, after) => expect(await found(path, null, after, 'KeyError')).toBe('')); // biome-ignore format: a table

  const test = aChange('a.test.js', null, "it('finds', () => {\n  expect(price('A-17')).toBe(42);\n});\n");
  it.each([
    "function price(id) {\n  if (id === 'A-17') return 42;\n  return old(id);\n}\n",
    "function price(id) {\n  return id === 'A-17' ? 42 : old(id);\n}\n",
    "function price(id) {\n  switch (id) {\n    case 'A-17':\n      return 42;\n  }\n}\n",
    "const known = { 'A-17': 42 };\n",
  ])('knows the answer to the test: %j', async (after) => {
    expect(await foundIn([test, aChange('a.js', null, after)])).toMatch(/knows the input of the test/);
  });

  it.each([
    "function price(id) {\n  if (id === 'A-17') return 0;\n  return old(id);\n}\n",
    'function price(id) {\n  return table.get(id) ?? 42;\n}\n',
    "function price(id) {\n  if (id === 'none') return 42;\n  return old(id);\n}\n",
  ])('does not: %j', async (after) => expect(await foundIn([test, aChange('a.js', null, after)])).toBe(''));

  it.each([
    ['a.ts', '// @ts-ignore\n'],
    ['a.js', '/* c8 ignore next */\n'],
    ['a.py', 'x = 1  # pragma: no cover\n'],
    ['a.go', 'package a //nolint:all\n'],
    ['A.java', '@SuppressWarnings("unchecked")\nclass A {}\n'],
    ['a.rb', '# rubocop:disable all\n'],
  ])('tells a checker to look away: %s %j', async (path, after) => {
    expect(await found(path, '', after)).toMatch(/look away/);
  });
});
