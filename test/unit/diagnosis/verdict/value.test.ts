import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../../src/diagnosis/verdict/value.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { anomalyAs } from '../../../support/nouns.ts';

type Said = readonly [errorType: string, message: string, file: string, symbol: string];

/** The value that an error speaks of; its line is the one that ends in `// here` or `# here`. */
async function spoken([errorType, message, file, symbol]: Said, source: string) {
  const anomaly = anomalyAs({ status: 'detected' });
  const { trace } = anomaly.sample;
  if (trace === null) throw new Error('the sample has a trace');
  const sample = { ...anomaly.sample, trace: { ...trace, errorType, message } };
  const line = source.split('\n').findIndex((text) => /(?:\/\/|#) here$/.test(text)) + 1;
  const place = { file, line, symbol, score: 1, why: 'thrown here', excerpt: null };
  return valueAt({ ...anomaly, sample }, place, codeOnPaper({ [file]: source }));
}

describe('the value that an error speaks of', () => {
  it.each([
    [
      'JavaScript, destructured from a parameter',
      [
        'TypeError',
        "Cannot destructure property 'street' of 'customer.address' as it is null.",
        'a.js',
        'lines',
      ],
      'function lines({ customer }) {\n  const { street } = customer.address; // here\n}',
      {
        expression: 'customer.address',
        flaw: 'is null',
        origin: { by: 'parameter', name: 'customer', line: 1 },
      },
    ],
    [
      'TypeScript, given by a call',
      ['TypeError', "Cannot read properties of undefined (reading 'price')", 'a.ts', 'total'],
      'export async function total(id: string): Promise<number> {\n  const item: Item = await store.find(id);\n  return item.price; // here\n}',
      {
        expression: 'item',
        flaw: 'is undefined',
        origin: { by: 'call', name: 'item', line: 2, call: 'store.find' },
      },
    ],
    [
      'JavaScript, an arrow function',
      ['TypeError', "Cannot read properties of undefined (reading 'name')", 'a.js', 'show'],
      'const show = (user) => user.name; // here',
      { expression: 'user', flaw: 'is undefined', origin: { by: 'parameter', name: 'user', line: 1 } },
    ],
    [
      'JavaScript, a method that is not there',
      ['TypeError', 'cart.total is not a function', 'a.js', 'Shop.pay'],
      'class Shop {\n  pay(cart) {\n    return cart.total(); // here\n  }\n}',
      {
        expression: 'cart.total',
        flaw: 'is not a function',
        origin: { by: 'parameter', name: 'cart', line: 2 },
      },
    ],
    [
      'Python, an attribute of None',
      ['AttributeError', "'NoneType' object has no attribute 'street'", 'a.py', 'label'],
      'def label(\n    order,\n    short=False,\n):\n    return order.customer.address.street # here',
      {
        expression: 'order.customer.address',
        flaw: 'is None',
        origin: { by: 'parameter', name: 'order', line: 1 },
      },
    ],
    [
      'Python, a key that a call did not give',
      ['KeyError', "'total'", 'a.py', 'report'],
      'def report(day):\n    row = fetch(day)\n    return row["total"] # here',
      {
        expression: 'row',
        flaw: 'has no total',
        origin: { by: 'call', name: 'row', line: 2, call: 'fetch' },
      },
    ],
    [
      'Go, a nil pointer of two results',
      ['runtime error', 'invalid memory address or nil pointer dereference', 'a.go', 'Total'],
      'func (s *Shop) Total(id string) int {\n\torder, _ := s.find(id)\n\treturn order.Total // here\n}',
      { expression: 'order', flaw: 'is nil', origin: { by: 'call', name: 'order', line: 2, call: 's.find' } },
    ],
    [
      'Java, in the words of helpful messages',
      [
        'java.lang.NullPointerException',
        'Cannot invoke "String.trim()" because "customer.name" is null',
        'A.java',
        'A.label',
      ],
      'class A {\n  String label(Customer customer) throws IOException {\n    return customer.name.trim(); // here\n  }\n}',
      {
        expression: 'customer.name',
        flaw: 'is null',
        origin: { by: 'parameter', name: 'customer', line: 2 },
      },
    ],
    [
      'Ruby, a method of nil',
      ['NoMethodError', "undefined method 'upcase' for nil", 'a.rb', 'label'],
      'def label(order)\n  order.city.upcase # here\nend',
      { expression: 'order.city', flaw: 'is nil', origin: { by: 'parameter', name: 'order', line: 1 } },
    ],
    [
      'an index beyond the end',
      ['IndexError', 'list index out of range', 'a.py', 'first'],
      'def first(rows):\n    return rows[0] # here',
      {
        expression: 'rows',
        flaw: 'is shorter than the index',
        origin: { by: 'parameter', name: 'rows', line: 1 },
      },
    ],
  ] as const)('is found in %s', async (_, said, source, value) => {
    expect(await spoken(said, source)).toEqual(value);
  });

  it('is followed no further than its function', async () => {
    const source = 'const item = find();\nfunction total() {\n  return item.price; // here\n}';
    const message = "Cannot read properties of undefined (reading 'price')";
    expect(await spoken(['TypeError', message, 'a.js', 'total'], source)).toMatchObject({
      expression: 'item',
      origin: { by: 'unknown' },
    });
  });

  it('is none where the message speaks of none, or the line does not write it', async () => {
    expect(await spoken(['RangeError', 'empty cart', 'a.js', 'f'], 'f() // here')).toBeNull();
    const message = "Cannot read properties of undefined (reading 'price')";
    expect(await spoken(['TypeError', message, 'a.js', 'f'], 'return other.name; // here')).toBeNull();
  });

  it('is quick on hostile lines', async () => {
    const message = "Cannot read properties of undefined (reading 'price')";
    const started = performance.now();
    for (const part of ['a(', 'a.', 'a[', 'a ', 'price', '(((']) {
      const line = part.repeat(20_000 / part.length);
      await spoken(['TypeError', message, 'a.js', 'f'], `${`${line}\n`.repeat(50)}${line} // here`);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
