import { describe, expect, it } from 'vitest';
import { buildErrors } from '../../../../src/adapters/toolchains/go/build-errors.ts';
import type { GoModule } from '../../../../src/adapters/toolchains/go/go-module.ts';
import { goResults, goSaid } from '../../../../src/adapters/toolchains/go/test-events.ts';
import { compileErrors } from '../../../../src/adapters/toolchains/java/compile-errors.ts';
import { mavenSettings } from '../../../../src/adapters/toolchains/java/maven-settings.ts';
import { selected } from '../../../../src/adapters/toolchains/java/selected.ts';
import { javaResult } from '../../../../src/adapters/toolchains/java/test-reports.ts';
import { rspecResults } from '../../../../src/adapters/toolchains/ruby/rspec.ts';

const module: GoModule = {
  dirOf: (path) => path.replace(/^example.com\/shop\/?/, ''),
  fileOf: (path) => path,
  testsIn: () => [],
  testFiles: (dir) => [`${dir}/a_test.go`],
  fileOfTest: (dir) => `${dir}/a_test.go`,
};

const events = (...list: readonly object[]) => list.map((event) => JSON.stringify(event)).join('\n');

describe('go test', () => {
  const Package = 'example.com/shop/tax';

  it('gives outcomes by test; one that never ended took its process with it', () => {
    const output = events(
      { Action: 'run', Package, Test: 'TestA' },
      { Action: 'output', Package, Test: 'TestA', Output: '--- FAIL: TestA (0.00s)\n' },
      { Action: 'output', Package, Test: 'TestA/b', Output: '    a_test.go:3: got 1, want 2\n' },
      { Action: 'fail', Package, Test: 'TestA/b' },
      { Action: 'fail', Package, Test: 'TestA' },
      { Action: 'skip', Package, Test: 'TestC' },
      { Action: 'run', Package, Test: 'TestD' },
      { Action: 'output', Package, Test: 'TestD', Output: 'panic: out of luck\n' },
      { Action: 'fail', Package },
    );
    expect(goResults(output, module).map(({ name, outcome, message }) => [name, outcome, message])).toEqual([
      ['TestA/b', 'failed', 'a_test.go:3: got 1, want 2'],
      ['TestC', 'skipped', ''],
      ['TestD', 'failed', 'panic: out of luck'],
    ]);
    expect(goSaid(output)).toContain('got 1, want 2\npanic: out of luck');
  });

  it('gives a package that fails outside of its tests as an error', () => {
    const output = events(
      { Action: 'output', Package, Output: 'panic: no configuration\n' },
      { Action: 'fail', Package },
    );
    expect(goResults(output, module)).toEqual([
      {
        file: 'tax/a_test.go',
        name: 'tax/a_test.go',
        outcome: 'errored',
        message: 'panic: no configuration',
      },
    ]);
  });

  it("gives the compiler's words by file, as lines or, since Go 1.24, as events", () => {
    const old =
      '# example.com/shop/tax [example.com/shop/tax.test]\ntax/tax_test.go:5:44: undefined: nope\ntax/tax_test.go:6:1: also\nFAIL\texample.com/shop/tax [build failed]\n';
    const now = events({
      ImportPath: 'x',
      Action: 'build-output',
      Output: 'tax/tax_test.go:5:44: undefined: nope\n',
    });
    const file = 'tax/tax_test.go';
    expect(buildErrors(old, module)).toEqual([
      { file, name: file, outcome: 'errored', message: `${file}:5:44: undefined: nope\n${file}:6:1: also` },
    ]);
    expect(buildErrors(now, module)[0]).toMatchObject({ file, message: `${file}:5:44: undefined: nope` });
  });
});

describe('a JVM build', () => {
  const sources = { fileOf: (name: string) => `${name}.java`, mainFile: () => null };
  const errored = (name: string, message: string) =>
    javaResult(
      { file: null, classname: 'com.shop.OrderTest$In', name, outcome: 'errored', message },
      sources,
    );

  it('tells an exception of a test from one of its set-up by the stack', () => {
    const stack =
      'java.lang.X: no\n\tat com.shop.Order.total(Order.java:3)\n\tat com.shop.OrderTest$In.adds(OrderTest.java:9)';
    expect(errored('adds(int)[1]', stack)).toMatchObject({
      outcome: 'failed',
      name: 'OrderTest$In.adds(int)[1]',
    });
    expect(errored('adds', stack.replace('.adds(', '.setUp('))).toMatchObject({ outcome: 'errored' });
    expect(errored('', 'java.lang.X: no')).toMatchObject({ outcome: 'errored', name: 'OrderTest$In' });
  });

  it('gives compile errors once by file, with their details', () => {
    const error = '[ERROR] /w/src/A.java:[3,5] cannot find symbol\n  symbol: method nowhere()\n';
    const output = `[INFO] x\n${error}[INFO] 1 error\n[ERROR] Failed to execute goal\n${error}[ERROR] -> [Help 1]\n`;
    expect(compileErrors(output, '/w')).toEqual([
      {
        file: 'src/A.java',
        name: 'src/A.java',
        outcome: 'errored',
        message: 'A.java:[3,5] cannot find symbol\n  symbol: method nowhere()',
      },
    ]);
  });

  it('is asked for classes, or for one method of a nested class', () => {
    const file = 'cart/src/test/java/com/shop/OrderTest.java';
    const only = { file, name: 'OrderTest$In.adds(int)[1]' };
    expect(selected({ files: [file], only: null, coverage: false }, '#')).toEqual(['com.shop.OrderTest']);
    expect(selected({ files: [file], only, coverage: false }, '#')).toEqual(['com.shop.OrderTest$In#adds']);
  });

  it('asks folders of this machine for everything, one after the other', () => {
    const settings = mavenSettings(['/home/ada/.m2/repository', '/usr/share/maven-repo']);
    expect(settings).toContain('<mirrorOf>*,!local2</mirrorOf><url>file:///home/ada/.m2/repository</url>');
    expect(settings).toContain('<pluginRepository><id>local2</id><url>file:///usr/share/maven-repo</url>');
  });
});

describe('a report of RSpec', () => {
  const failing = (place: string) => ({
    full_description: 'total adds',
    status: 'failed',
    file_path: './spec/shop_spec.rb',
    exception: { class: 'RuntimeError', message: '\nno', backtrace: ['/w/spec/shop_spec.rb:3', place] },
  });

  it('tells a failing hook from a failing example', () => {
    const hook = "/gems/rspec-core/lib/example_group.rb:553:in `run_before_context_hooks'";
    const outcomes = rspecResults(JSON.stringify({ examples: [failing('x'), failing(hook)] }));
    expect(outcomes.map(({ file, outcome }) => `${outcome} ${file}`)).toEqual([
      'failed spec/shop_spec.rb',
      'errored spec/shop_spec.rb',
    ]);
    expect(outcomes[0]?.message).toBe('RuntimeError: no\n/w/spec/shop_spec.rb:3\nx');
  });

  it('gives a file that cannot be loaded as an error', () => {
    const messages = [
      '\nAn error occurred while loading ./spec/broken_spec.rb.\n\nLoadError:\n  cannot load such file -- nowhere\n',
    ];
    expect(rspecResults(JSON.stringify({ messages, examples: [] }))).toMatchObject([
      { file: 'spec/broken_spec.rb', name: 'spec/broken_spec.rb', outcome: 'errored' },
    ]);
  });
});
