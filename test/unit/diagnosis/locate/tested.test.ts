import { describe, expect, it } from 'vitest';
import { locate } from '../../../../src/diagnosis/locate/locate.ts';
import type { Frame } from '../../../../src/domain/trace.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { anomalyAs } from '../../../support/nouns.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';

const SHOP = {
  'src/shop/cart.py':
    'from shop.money import percent_of\n\n\ndef discounted(total, code):\n    return total - percent_of(total, 10)\n\n\ndef total(items):\n    return sum(items)\n',
  'src/shop/money.py': 'def percent_of(amount, percent):\n    return amount * percent // 10\n',
  'tests/test_cart.py':
    'from shop.cart import discounted\n\n\ndef full():\n    return 900\n\n\ndef test_spring_voucher():\n    cart = full()\n    left = discounted(cart, "spring")\n    assert left == 810\n',
  'tests/test_money.py':
    'from shop.cart import discounted\n\n\ndef test_rounding():\n    assert discounted(15, "spring") == 14\n',
  'src/clock.js':
    'export function pad(n) {\n  return String(n);\n}\n\nexport function clock(h, m) {\n  return h + pad(m);\n}\n',
  'src/clock.test.js':
    "import { clock, pad } from './clock';\n\ndescribe('clock', () => {\n  it('pads', () => {\n    expect(pad(5)).toBe('05');\n  });\n\n  it('has a colon', () => {\n    const shown = clock(9, 5);\n    expect(shown).toBe('9:05');\n  });\n});\n",
};

async function suspectsOf(file: string, line: number) {
  const frame: Frame = { file, line, column: null, symbol: null, inApp: true };
  const trace = {
    language: 'python' as const,
    errorType: 'AssertionError',
    message: 'no',
    frames: [frame],
    cause: null,
  };
  const anomaly = anomalyAs({ status: 'detected' });
  const failed = { ...anomaly, sample: { ...anomaly.sample, trace } };
  const { suspects, origin, exact } = await locate(failed, codeOnPaper(SHOP), syntaxOnPaper);
  return { names: suspects.map(({ symbol, file: of }) => symbol ?? of), origin, exact };
}

describe('a test that failed', () => {
  it('leads to what made the value that it looked at, and to what that calls', async () => {
    const { names } = await suspectsOf('tests/test_cart.py', 11);
    expect(names.slice(0, 2)).toEqual(['discounted', 'percent_of']);
    expect(names).toContain('test_spring_voucher');
  });

  it('means the file that it is named after', async () => {
    expect((await suspectsOf('tests/test_money.py', 5)).names[0]).toBe('percent_of');
  });

  it('is the one around the line where a file holds several', async () => {
    expect((await suspectsOf('src/clock.test.js', 10)).names[0]).toBe('clock');
    expect((await suspectsOf('src/clock.test.js', 5)).names[0]).toBe('pad');
  });

  it('is what the evidence names, and is not claimed to be the fault', async () => {
    const { origin, exact } = await suspectsOf('tests/test_cart.py', 11);
    expect(origin).toMatchObject({ file: 'tests/test_cart.py', line: 11 });
    expect(exact).toBe(false);
  });
});
