import { describe, expect, it } from 'vitest';
import { readCode } from '../../../../src/diagnosis/locate/code.ts';
import { fromMetric } from '../../../../src/diagnosis/locate/from-metric.ts';
import { locate } from '../../../../src/diagnosis/locate/locate.ts';
import type { Anomaly, AnomalyFacts } from '../../../../src/domain/anomaly.ts';
import { redact } from '../../../../src/domain/redact.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { factsFor } from '../../../support/nouns.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';

type Files = Readonly<Record<string, string>>;

const logged = (line: string, changes: Partial<AnomalyFacts> = {}): Anomaly => ({
  ...factsFor('it', {
    kind: 'log',
    title: redact(line),
    sample: { text: redact(line), before: [], trace: null, template: line, labels: {} },
    ...changes,
  }),
  status: 'detected',
});
const located = (files: Files, anomaly: Anomaly) => locate(anomaly, codeOnPaper(files), syntaxOnPaper);

describe('the statement that printed a message', () => {
  it('is told from statements that share words with it', async () => {
    const found = await located(
      {
        'a.py': 'def load(x):\n    log.error("cannot load order %s", x)\n',
        'b.py': 'def save(x):\n    log.error("cannot save order %s", x)\n',
        'c.py': 'def order(x):\n    log.info("order %s", x)\n',
      },
      logged('ERROR shop: cannot save order <*>'),
    );
    expect(found.suspects[0]).toMatchObject({
      file: 'b.py',
      line: 2,
      symbol: 'save',
      why: 'prints this message',
    });
  });

  it('is the one among the words that the line has beside it, where two fit equally well', async () => {
    const files = {
      'src/cart.js': 'export function cart(x) {\n  throw new Error(`not found: ${x}`);\n}\n',
      'src/invoice.js': 'export function invoice(x) {\n  throw new Error(`not found: ${x}`);\n}\n',
    };
    for (const what of ['cart', 'invoice']) {
      const found = await located(files, logged(`${what}: not found: <*>`));
      expect(found.suspects[0]).toMatchObject({ file: `src/${what}.js`, why: 'makes this error' });
    }
  });

  it('brings the functions that are called where it stands', async () => {
    const found = await located(
      {
        'pay.go':
          'package pay\n\nfunc Pay(o Order) {\n\tif err := charge(o); err != nil {\n\t\tlog.Printf("payment of %s failed", o.ID)\n\t}\n}\n',
        'charge.go': 'package pay\n\nfunc charge(o Order) error {\n\treturn nil\n}\n',
      },
      logged('payment of <*> failed'),
    );
    expect(found.suspects.map(({ symbol, why }) => [symbol, why])).toEqual([
      ['Pay', 'prints this message'],
      ['charge', 'is called by Pay'],
    ]);
  });

  it('may stand in a file that is no source', async () => {
    const found = await located(
      { 'src/a.js': 'show(t("lost"));\n', 'locales/en.po': 'msgstr "the basket was lost"\n' },
      logged('the basket was lost'),
    );
    expect(found.suspects[0]).toMatchObject({ file: 'locales/en.po', line: 1 });
  });
});

describe('words, where nothing printed the message', () => {
  const FILES = {
    'src/basket/discount.rb':
      'class Discount\n  def voucher_percentage(basket)\n    basket.voucher.percent\n  end\nend\n',
    'src/orders.rb': 'class Orders\n  def total(lines)\n    lines.sum\n  end\nend\n',
  };

  it('lead to the function that speaks of the same things, and claim no cause', async () => {
    const found = await located(FILES, logged('Voucher percentage is out of range'));
    expect(found).toMatchObject({ by: 'words', exact: false });
    expect(found.suspects[0]).toMatchObject({
      file: 'src/basket/discount.rb',
      symbol: 'Discount.voucher_percentage',
    });
  });

  it('come after statements that resemble the message, which none of them printed', async () => {
    const files = {
      ...FILES,
      'src/vouchers.rb': 'def check(v)\n  raise "this old voucher #{v} is out"\nend\n',
    };
    const found = await located(files, logged('Voucher percentage is out of range'));
    expect(found.by).toBe('words');
    expect(found.suspects[0]).toMatchObject({ symbol: 'check', why: 'resembles this message' });
    expect(found.suspects[1]).toMatchObject({ symbol: 'Discount.voucher_percentage' });
  });

  it('lead nowhere when hardly any is known', async () => {
    const found = await located(
      FILES,
      logged('kernel panic: unable to mount root filesystem of total device'),
    );
    expect(found.by).toBe('nothing');
  });
});

describe('a metric', () => {
  const code = (files: Files) => readCode(codeOnPaper(files), syntaxOnPaper);

  it.each([
    ['orders_refused_total', "const c = new Counter({ name: 'orders_refused_total', help: 'h' });\n"],
    ['orders_refused_total', "meter.createCounter('orders.refused');\n"],
    ['http_latency_seconds_bucket', "new Histogram({ name: 'http_latency', help: 'h' });\n"],
  ])('%s is found where it is registered: %s', async (name, text) => {
    const spots = await fromMetric(
      name,
      await code({ 'src/metrics.js': text, 'src/a.js': `use('${name}')\n` }),
    );
    expect(spots).toMatchObject([{ file: 'src/metrics.js', line: 1, why: 'registers this metric' }]);
  });

  it('that is a field of a log line is found where it is named', async () => {
    const spots = await fromMetric(
      'duration_ms',
      await code({ 'src/a.js': 'log.info({ duration_ms: 3 });\n' }),
    );
    expect(spots).toMatchObject([{ file: 'src/a.js', line: 1, why: 'names this metric' }]);
  });
});

describe('without syntax', () => {
  it('a trace still leads to its lines', async () => {
    const trace = {
      language: 'python' as const,
      errorType: 'ValueError',
      message: 'no',
      frames: [{ file: '/app/a.py', line: 2, column: null, symbol: 'f', inApp: true }],
      cause: null,
    };
    const anomaly = logged('no');
    const found = await locate(
      { ...anomaly, sample: { ...anomaly.sample, trace } },
      codeOnPaper({ 'a.py': 'def f():\n    raise ValueError("no")\n' }),
      null,
    );
    expect(found.suspects[0]).toMatchObject({ file: 'a.py', line: 2, symbol: 'f' });
  });
});
