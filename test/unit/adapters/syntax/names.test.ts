import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calleeOf } from '../../../../src/adapters/syntax/callee.ts';
import { partsOf, unescaped } from '../../../../src/adapters/syntax/literals.ts';
import { wordsOf } from '../../../../src/domain/words.ts';
import { outlineOf } from '../../../support/outline-of.ts';

describe('scopes', () => {
  it.each([
    ['a.js', 'const api = { list() {}, "show": function () {} };', ['list', 'show']],
    ['a.js', 'exports.pay = async () => {}; Cart.prototype.sum = function () {};', ['pay', 'Cart.sum']],
    ['a.js', 'class A { #b = () => 1; static c() {} get d() { return 1; } }', ['A', 'A.#b', 'A.c', 'A.d']],
    ['a.js', 'function outer() { function inner() {} return () => inner(); }', ['outer', 'inner']],
    ['a.tsx', 'export const Row = ({ a }: P) => <td onClick={() => f(a)}>{a}</td>;', ['Row']],
    ['a.py', 'class A:\n  class B:\n    def c(self): pass', ['A', 'A.B', 'A.B.c']],
    ['a.go', 'package a\nfunc (s Set[T]) Add(t T) {}', ['Set.Add']],
    ['A.java', 'class A { record R(int x) { R { check(x); } } }', ['A', 'A.R', 'A.R.R']],
    ['a.rb', 'module A::B\n  class << self\n    def c; end\n  end\nend', ['A.B', 'A.B.c']],
    ['a.php', '<?php\nclass A {\n  public function pay($x) {\n    log($x);\n  }\n}\n', ['pay']],
    ['a.rs', 'pub async fn pay(x: u8) -> u8 {\n    charge(x)\n}\n', ['pay']],
    [
      'a.cs',
      'class A {\n  public async Task<int> Pay(Order order)\n  {\n    Charge(order);\n  }\n}\n',
      ['Pay'],
    ],
    ['a.kt', 'class A {\n  override fun pay(x: Int): Int {\n    return charge(x)\n  }\n}\n', ['pay']],
  ])('of %s: %s', async (file, text, names) => {
    const { scopes } = await outlineOf(file, text);
    expect(scopes.slice(1).map(({ name }) => name)).toEqual(names);
  });

  it('without a grammar have their ends and their calls', async () => {
    const text = 'class A {\n  public int Pay(Order order)\n  {\n    bank.Charge(order);\n  }\n}\nint x;\n';
    const { scopes } = await outlineOf('a.cs', text);
    expect(scopes[1]).toMatchObject({ from: 2, to: 5, calls: [{ name: 'bank.Charge', line: 4 }] });
  });
});

describe('the name of what is called', () => {
  it.each([
    ['log.warn', 'log.warn'],
    ['this.#log?.warn', 'this.#log.warn'],
    ['new Map<string, number>', 'new Map'],
    ['new Cart(1).pay', 'Cart.pay'],
    ['log.atInfo()\n  .addKeyValue("a.b", f(x))\n  .log', 'log.atInfo.addKeyValue.log'],
    ['Shop::Cart.build', 'Shop.Cart.build'],
    ['cart&.empty?', 'cart.empty?'],
    ['handlers[name]', 'handlers'],
    ['(await f)', ''],
  ])('%s', (text, name) => {
    expect(calleeOf(text)).toBe(name);
  });
});

describe('the constant parts of a text', () => {
  it.each([
    ['%-8.2f of %s at 5%', [' of ', ' at 5%']],
    ['{0} is {name!r:>8}, not {}', [' is ', ', not ']],
    ['%{a} and %<b>d', [' and ']],
    ['100%', []],
  ])('%s', (text, parts) => {
    expect(partsOf(text)).toEqual(parts);
  });

  it('are written without escapes', () => {
    expect(unescaped('a\\tb \\"c\\" \\u00e9 \\\\')).toBe('a\tb "c" \u0000 \\');
  });
});

describe('words', () => {
  it('are split at humps, underscores and digits, without plurals and keywords', () => {
    const words = wordsOf('return parseHTTPOrders(order_number2, "the Prices") // größe');
    expect(words).toEqual(['parse', 'http', 'order', 'order', 'number', 'price', 'größe']);
  });

  it('are the same in any case of an identifier', () => {
    const word = fc.stringMatching(/^[b-df-hj-np-rt-z]{3,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const camel = words.map((one) => one[0]?.toUpperCase() + one.slice(1)).join('');
        expect(wordsOf(camel)).toEqual(wordsOf(words.join('_')));
      }),
    );
  });
});
