import { describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../../../src/adapters/syntax/parser.ts';
import { type Instrumented, instrument } from '../../../../src/codegen/instrument/instrument.ts';
import { languageOfFile } from '../../../../src/codegen/source-language.ts';

const parser = treeSitterParser();

interface Fix {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly errorType: string | null;
  readonly declared?: readonly string[];
}

function instrumented({ file, before, after, errorType, declared = [] }: Fix): Promise<Instrumented> {
  const language = languageOfFile(file) ?? 'javascript';
  const trace = errorType === null ? null : { language, errorType, message: '', frames: [], cause: null };
  const fault = { message: null, trace, suspects: [] };
  return instrument({ fixed: { file, language, before, after }, fault, declared: new Set(declared) }, parser);
}

async function written(fix: Fix) {
  const done = await instrumented(fix);
  if (done.state !== 'instrumented') throw new Error(JSON.stringify(done));
  return done;
}

const JS = 'export function total(order) {\n  return order.customer.rate * 2;\n}\n';
const JS_GUARDED = JS.replace('  return', '  if (order.customer == null) return 0;\n  return');
const GUARD: Fix = { file: 'a.js', before: JS, after: JS_GUARDED, errorType: 'TypeError' };

describe('a guard that the fix adds', () => {
  it('tells in JavaScript, and with the fault put back does nothing else', async () => {
    const done = await written(GUARD);
    expect(done.text).toBe(`export function total(order) {
  if (order.customer == null) {
    console.error(JSON.stringify({ event: 'vigilai_total_type_error', reason: 'order.customer == null' }));
    return 0;
  }
  return order.customer.rate * 2;
}
`);
    expect(done.faulty).toBe(done.text.replace('    return 0;\n', ''));
    expect(done.lines).toEqual([3, 5]);
    expect(done.monitoring).toMatchObject({ signal: 'vigilai_total_type_error', line: 3 });
  });

  it('counts in prom-client where the project has it, with an alert for Prometheus', async () => {
    const { text, monitoring } = await written({ ...GUARD, declared: ['prom-client'] });
    expect(text).toMatch(/^import { Counter } from 'prom-client';\n/);
    expect(text).toContain('    vigilaiTotalTypeError.inc();\n    return 0;');
    expect(monitoring.alert.prometheus).toContain('expr: increase(vigilai_total_type_error_total[10m]) > 0');
  });

  it.each([
    ['a.py', 'def total(o):\n    return o.c.rate\n', '    if o.c is None:\n        return 0\n', 'logging'],
    ['a.rb', 'def total(o)\n  o.c.rate\nend\n', '  return 0 if o.c.nil?\n', 'warn'],
    [
      'a.go',
      'package a\n\nfunc Total(o *O) int {\n\treturn o.C.Rate\n}\n',
      '\tif o.C == nil {\n\t\treturn 0\n\t}\n',
      'log',
    ],
    [
      'A.java',
      'class A {\n  int total(O o) {\n    return o.c().rate();\n  }\n}\n',
      '    if (o.c() == null) return 0;\n',
      'System.Logger',
    ],
  ])('tells in %s by the language itself', async (file, before, guard, library) => {
    const place = before.split('\n').findIndex((line) => /\brate\b|\.Rate/.test(line));
    const lines = before.split('\n');
    const after = [...lines.slice(0, place), guard.replace(/\n$/, ''), ...lines.slice(place)].join('\n');
    const done = await written({ file, before, after, errorType: 'NoValue' });
    expect(done.monitoring.library).toBe(library);
    expect(done.text).toContain('vigilai_total_no_value');
    expect(done.faulty).toContain('vigilai_total_no_value');
    expect(done.faulty).not.toMatch(/return 0/);
  });

  it('is not one where the old code stands in it', async () => {
    const after = JS.replace(
      '  return order.customer.rate * 2;',
      '  if (order.customer) {\n    return order.customer.rate * 2;\n  }\n  return 0;',
    );
    const { text } = await written({ ...GUARD, after });
    expect(text).toContain('} catch (error) {\n    if (error instanceof TypeError) console.error(');
  });
});

it('does not tell at a condition that was only widened: what is in order goes there too', async () => {
  const before = 'def fact(n)\n  return 1 if n == 0\n\n  n * fact(n - 1)\nend\n';
  const after = before.replace('n == 0', 'n <= 0');
  const done = await instrumented({ file: 'a.rb', before, after, errorType: 'SystemStackError' });
  expect(done.state === 'instrumented' ? done.text : '').not.toMatch(/if n <= 0\n.*vigilai/);
});

describe('an error that leaves the routine', () => {
  it('is told of and goes on, in JavaScript, with texts as they were', async () => {
    const before = 'const f = (o) => {\n  const t = `a\nb`;\n  return o.a.b + t;\n};\n';
    const { text, faulty } = await written({
      file: 'a.js',
      before,
      after: before.replace('o.a.b', 'o.a?.b'),
      errorType: 'TypeError',
    });
    expect(text).toContain('  try {\n    const t = `a\nb`;\n    return o.a?.b + t;\n  } catch (error) {');
    expect(faulty).toContain('    return o.a.b + t;\n  } catch (error) {');
  });

  it('in Python stands behind the docstring', async () => {
    const before = 'def total(o):\n    """Sum."""\n    return o["rate"]\n';
    const { text } = await written({
      file: 'a.py',
      before,
      after: before.replace('o["rate"]', 'o.get("rate", 0)'),
      errorType: 'KeyError',
      declared: ['prometheus-client'],
    });
    expect(text).toContain(
      '    """Sum."""\n    try:\n        return o.get("rate", 0)\n    except KeyError:\n        VIGILAI_TOTAL_KEY_ERROR.inc()\n        raise\n',
    );
  });

  it('in Ruby takes a rescue of the method, none where it rescues already', async () => {
    const before = 'def total(o)\n  o.c.rate\nend\n';
    const fix = { file: 'a.rb', before, after: before.replace('c.', 'c&.'), errorType: 'NoMethodError' };
    expect((await written(fix)).text).toContain('  o.c&.rate\nrescue NoMethodError => error\n  warn ');
    const rescuing = (text: string) => text.replace('\nend', '\nrescue KeyError\n  0\nend');
    expect(
      await instrumented({ ...fix, before: rescuing(before), after: rescuing(fix.after) }),
    ).toMatchObject({ state: 'without' });
  });

  it('in Go is a panic that goes on', async () => {
    const before =
      'package a\n\nimport (\n\t"fmt"\n)\n\nfunc Last(o []int) int {\n\tfmt.Println(o)\n\treturn o[len(o)]\n}\n';
    const { text } = await written({
      file: 'a.go',
      before,
      after: before.replace('len(o)]', 'len(o)-1]'),
      errorType: 'runtime error',
      declared: ['log/slog'],
    });
    expect(text).toContain('import (\n\t"fmt"\n\t"log/slog"\n)');
    expect(text).toContain(
      '\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tslog.Error("vigilai_last_runtime_error", "panic", r)\n\t\t\tpanic(r)\n',
    );
  });
});

describe('no monitoring is added', () => {
  it('where the change tells by itself', async () => {
    const after = JS.replace(
      '  return',
      "  if (!order.customer) logger.warn('order without customer');\n  return",
    );
    expect(await instrumented({ ...GUARD, after })).toMatchObject({
      state: 'has_its_own',
      monitoring: { signal: 'order without customer', line: 2 },
    });
  });

  it('where nothing could be seen: no guard and no error', async () => {
    const after = JS.replace('* 2', '* 3');
    expect(await instrumented({ ...GUARD, after, errorType: null })).toMatchObject({ state: 'without' });
  });

  it('where the file cannot be read', async () => {
    expect(await instrumented({ ...GUARD, after: 'export function (' })).toMatchObject({ state: 'without' });
  });
});
