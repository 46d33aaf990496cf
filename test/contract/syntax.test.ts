import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../support/outline-of.ts';

/** One small shop, written in each language as people write it there. What is the same in all is said once, below. */
const SHOPS = [
  {
    file: 'shop.js',
    scopes: ['class Cart', 'method Cart.total', 'method Cart.pay', 'function round'],
    thrower: 'new RangeError',
    charges: 'charge',
    path: '/orders/:id/pay',
    handler: null,
    imports: ['prom-client', './bank.js'],
  },
  {
    file: 'shop.ts',
    scopes: [
      'class Cart',
      'method Cart.constructor',
      'method Cart.total',
      'method Cart.pay',
      'function round',
    ],
    thrower: 'new RangeError',
    charges: 'this.bank.charge',
    path: '/orders/:id/pay',
    handler: 'Cart.pay',
    imports: ['prom-client', './order.ts'],
  },
  {
    file: 'shop.py',
    scopes: [
      'class Cart',
      'method Cart.total',
      'method Cart.pay',
      'function round_cents',
      'function pay_order',
    ],
    thrower: 'ValueError',
    charges: 'self.bank.charge',
    path: '/orders/{id}/pay',
    handler: 'pay_order',
    imports: ['logging', 'prometheus_client'],
  },
  {
    file: 'shop.go',
    scopes: ['method Cart.Total', 'method Cart.Pay', 'function round', 'function routes'],
    thrower: 'fmt.Errorf',
    charges: 'c.bank.Charge',
    path: '/orders/{id}/pay',
    handler: null,
    imports: ['fmt', 'log/slog', 'github.com/prometheus/client_golang/prometheus'],
  },
  {
    file: 'Shop.java',
    scopes: ['class Cart', 'method Cart.total', 'method Cart.pay', 'method Cart.round'],
    thrower: 'new IllegalArgumentException',
    charges: 'bank.charge',
    path: '/orders/{id}/pay',
    handler: 'Cart.pay',
    imports: ['io.micrometer.core.instrument.Counter'],
  },
  {
    file: 'shop.rb',
    scopes: [
      'class Shop',
      'class Shop.Cart',
      'method Shop.Cart.total',
      'method Shop.Cart.pay',
      'method Shop.Cart.round',
    ],
    thrower: 'raise',
    charges: 'bank.charge',
    path: '/orders/:id/pay',
    handler: null,
    imports: ['prometheus/client', 'bank'],
  },
] as const;

describe.each(SHOPS)('$file', ({ file, ...expected }) => {
  const text = readFileSync(join(import.meta.dirname, '../support/fixtures/syntax', file), 'utf8');
  const lines = text.split('\n');
  /** 1-based line of the first line that holds a text. */
  const lineOf = (part: string | RegExp) => lines.findIndex((line) => line.search(part) !== -1) + 1;
  const outline = outlineOf(file, text);
  const pay = outline.then(({ scopes }) => scopes.find(({ name }) => /Cart\.pay$/i.test(name)));

  it('has its classes, functions and methods by their qualified names', async () => {
    const [whole, ...scopes] = (await outline).scopes;
    expect(whole).toMatchObject({ kind: 'file', name: '', from: 1, to: lines.length });
    expect(scopes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected.scopes);
  });

  it('has the lines from the head of a method to its end', async () => {
    const found = await pay;
    const body = lines.slice((found?.from ?? 0) - 1, found?.to).join('\n');
    // An annotation belongs to the method that it stands on.
    expect(body).toMatch(
      /^\s*(?:@PostMapping.*\n\s*)?(?:public void|async|async def|def|func \(c \*Cart\)) [Pp]ay\(/,
    );
    expect(body).toMatch(/charge/i);
    expect(body).not.toMatch(/round|total\(tax/i);
  });

  it('has the calls that a method makes, with their lines', async () => {
    const calls = (await pay)?.calls ?? [];
    expect(calls).toContainEqual({ name: expected.thrower, line: lineOf(/(?<!refused.*)negative total /) });
    expect(calls).toContainEqual({ name: expected.charges, line: lineOf(/charge\(order\)/i) });
  });

  it('has what it logs and what it throws, without what is put in at run time', async () => {
    expect((await outline).printed).toEqual([
      {
        by: 'log',
        line: lineOf('refused order'),
        parts: ['refused order ', ' of customer ', ': negative total'],
      },
      { by: 'throw', line: lineOf(/(?<!refused.*)negative total /), parts: ['negative total '] },
    ]);
  });

  it('has its metric, its route and its imports', async () => {
    const { metrics, routes, imports } = await outline;
    expect(metrics).toEqual([{ name: 'orders_refused_total', line: lineOf('orders_refused_total') }]);
    const { path, handler } = expected;
    expect(routes).toEqual([{ method: 'POST', path, line: lineOf(/id\}?\/pay/), handler }]);
    expect(imports).toEqual(expected.imports);
  });

  it('has the words of a method, split, and no keywords', async () => {
    const words = (await pay)?.words.split(' ');
    expect(words).toEqual(expect.arrayContaining(['pay', 'order', 'refused', 'customer', 'charge']));
    expect(words).not.toContain('return');
    expect(words).not.toContain('round');
  });

  it('gives an outline of whatever the text is cut to', async () => {
    const parts = fc.tuple(fc.nat(text.length), fc.nat(text.length));
    await fc.assert(
      fc.asyncProperty(parts, async ([a, b]) => {
        const cut = text.slice(Math.min(a, b), Math.max(a, b));
        const { scopes, printed } = await outlineOf(file, cut);
        const last = cut.split('\n').length;
        for (const { from, to } of scopes) expect(1 <= from && from <= to && to <= last).toBe(true);
        for (const { line, parts: said } of printed) {
          expect(line).toBeLessThanOrEqual(last);
          for (const part of said) expect(cut).toContain(part);
        }
      }),
    );
  });

  it('is still readable before a syntax error, and after it', async () => {
    const broken = lines.with(lineOf('refused order') - 1, 'if (( { = ]');
    const { scopes } = await outlineOf(file, broken.join('\n'));
    expect(scopes.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringMatching(/total$/i)]),
    );
    const cut = lines.slice(0, lineOf('refused order')).join('\n');
    expect((await outlineOf(file, cut)).printed).toContainEqual(expect.objectContaining({ by: 'log' }));
  });
});
