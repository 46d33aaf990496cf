import { describe, expect, it } from 'vitest';
import { locate } from '../../../../src/diagnosis/locate/locate.ts';
import type { Anomaly } from '../../../../src/domain/anomaly.ts';
import { redact } from '../../../../src/domain/redact.ts';
import type { Change } from '../../../../src/ports/repository.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { factsFor } from '../../../support/nouns.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';

type Files = Readonly<Record<string, string>>;

const logged = (line: string): Anomaly => ({
  ...factsFor('it', {
    kind: 'log',
    sample: { text: redact(line), before: [], trace: null, template: line, labels: {} },
  }),
  status: 'detected',
});
const changed = (file: string, line: number, sha = 'c1'): Change => ({
  commit: { sha, author: 'Ann', date: 1, subject: sha, files: [file] },
  hunks: [{ file, from: line, lines: 1, before: 1 }],
});
const located = (files: Files, anomaly: Anomaly, ...changes: readonly Change[]) =>
  locate(anomaly, codeOnPaper(files, [], changes), syntaxOnPaper);

const SHOP: Files = {
  'shop.py':
    'import prices\n\ndef order(basket):\n    total = prices.total(basket)\n    log.error("total of the order differs")\n',
  'prices.py':
    'import tax\n\ndef total(basket):\n    return rounded(tax.added(basket))\n\n\ndef rounded(x):\n    return x\n',
  'tax.py': 'def added(basket):\n    return basket * 1.2\n\n\ndef unused(x):\n    return x\n',
};
const DIFFERS = logged('total of the order differs');

describe('what the place that the evidence names calls', () => {
  it('is suspected first where it changed lately, some calls away', async () => {
    const found = await located(SHOP, DIFFERS, changed('tax.py', 2));
    expect(found.suspects[0]).toMatchObject({
      file: 'tax.py',
      line: 2,
      symbol: 'added',
      why: 'is called by total, changed lately',
    });
    expect(found.commits[0]).toMatchObject({ sha: 'c1', why: 'changed added lately' });
  });

  it('comes after that place where nothing changed', async () => {
    const found = await located(SHOP, DIFFERS);
    expect(found.suspects.map(({ symbol }) => symbol)).toEqual(['order', 'total', 'added', 'rounded']);
  });

  it('leaves out what changed and is not reached', async () => {
    const alone = { ...SHOP, 'other.py': 'def import_stock(x):\n    return x\n' };
    const found = await located(alone, DIFFERS, changed('other.py', 2));
    expect(found.suspects.map(({ file }) => file)).not.toContain('other.py');
    expect(found.commits).toEqual([]);
  });

  it('is told beside that place, which stays what is claimed', async () => {
    const found = await located(SHOP, DIFFERS, changed('tax.py', 2));
    expect(found).toMatchObject({ by: 'message', exact: false, origin: { file: 'shop.py', line: 5 } });
  });

  it('is followed out of a block without a name', async () => {
    const files = {
      'shop.mjs':
        "import { total } from './prices.mjs';\n\ntask('orders', (log) => {\n  const sum = total([1]);\n\n  log.error('total of the order differs');\n});\n",
      'prices.mjs': 'export function total(basket) {\n  return basket;\n}\n',
    };
    const found = await located(files, DIFFERS, changed('prices.mjs', 2));
    expect(found.suspects[0]).toMatchObject({ file: 'prices.mjs', symbol: 'total' });
    const ruby = {
      'shop.rb':
        "Journal.task('orders') do |log|\n  sum = total([1])\n\n  log.error('total of the order differs')\nend\n",
      'prices.rb': 'def total(basket)\n  basket\nend\n',
    };
    const other = await located(ruby, DIFFERS, changed('prices.rb', 2));
    expect(other.suspects[0]).toMatchObject({ file: 'prices.rb', symbol: 'total' });
  });

  it('is followed to what a decorated function calls, and to what a table names', async () => {
    const python = {
      'shop.py':
        '@task("orders were not counted")\ndef count(log):\n    x = 1\n    y = 2\n    return counted(x)\n',
      'stock.py': 'def counted(x):\n    return x\n',
    };
    const decorated = await located(python, logged('orders were not counted'), changed('stock.py', 2));
    expect(decorated.suspects[0]).toMatchObject({ symbol: 'counted' });
    const go = {
      'night.go': 'package night\n\nvar steps = []step{\n\t{"orders were not counted", countOrders},\n}\n',
      'orders.go': 'package night\n\nfunc countOrders() {\n\treturn\n}\n',
    };
    const table = await located(go, logged('orders were not counted'), changed('orders.go', 4));
    expect(table.suspects[0]).toMatchObject({ symbol: 'countOrders' });
  });

  it('is followed to the constructor of a class, and to a getter that no call names', async () => {
    const files = {
      'shop.ts':
        "import { Basket } from './basket.ts';\n\nexport function order() {\n  const basket = new Basket();\n  log.error('total of the order differs', basket.grandTotal);\n}\n",
      'basket.ts':
        'export class Basket {\n  constructor() {\n    this.lines = [];\n  }\n\n  get grandTotal() {\n    return 1;\n  }\n}\n',
    };
    const made = await located(files, DIFFERS, changed('basket.ts', 3));
    expect(made.suspects[0]).toMatchObject({ symbol: 'Basket.constructor', line: 3 });
    const got = await located(files, DIFFERS, changed('basket.ts', 7));
    expect(got.suspects[0]).toMatchObject({ symbol: 'Basket.grandTotal', line: 7 });
  });

  it('never hides that place, however much changed', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const files = {
      'shop.py': `def order():\n${names.map((name) => `    ${name}step()\n`).join('')}    log.error("total of the order differs")\n`,
      'steps.py': names.map((name) => `def ${name}step():\n    return 1\n`).join('\n'),
    };
    const changes = names.map((name, at) => changed('steps.py', at * 3 + 2, name));
    const found = await located(files, DIFFERS, ...changes);
    expect(found.suspects).toHaveLength(5);
    expect(found.suspects.map(({ symbol }) => symbol)).toContain('order');
  });
});
