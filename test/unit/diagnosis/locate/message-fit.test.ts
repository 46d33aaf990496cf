import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitAmong, messageWords } from '../../../../src/diagnosis/locate/message-fit.ts';
import type { Printed } from '../../../../src/ports/syntax.ts';

const printed = (...parts: readonly string[]): Printed => ({ by: 'log', line: 1, parts });
const REFUSED = printed('refused order ', ' of customer ', ': negative total');
const OTHERS = [
  printed('refused'),
  printed('order ', ' is paid'),
  printed('customer ', ' is new'),
  printed('total'),
];
const fit = fitAmong([REFUSED, ...OTHERS]);
const of = (message: string, one: Printed) => fit.of(messageWords(message), one);

describe('how well a text fits a message', () => {
  it('is 1 where each is all of the other, whatever was put in', () => {
    expect(of('refused order <*> of customer <num>: negative total', REFUSED)).toBeCloseTo(1, 10);
  });

  it('is best for the statement that printed it, behind a level and a logger', () => {
    const message = 'ERROR [shop.orders] refused order <*> of customer <*>: negative total';
    const fits = [REFUSED, ...OTHERS].map((one) => of(message, one));
    expect(Math.max(...fits)).toBe(fits[0]);
    expect(fits[0]).toBeGreaterThan(0.8);
    expect(fits[1]).toBeLessThan(0.5);
  });

  it('is less where words stand in another order, and nothing where none is shared', () => {
    expect(of('total negative customer of order refused', REFUSED)).toBeLessThan(0.5);
    expect(of('disk full', REFUSED)).toBe(0);
    expect(of('', REFUSED)).toBe(0);
  });

  it('is within 0 and 1 for anything', () => {
    const words = fc.array(fc.constantFrom('refused', 'order', 'customer', 'total', 'x', 'disk'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, fc.constantFrom(REFUSED, ...OTHERS), (message, one) => {
        const how = fit.of(message, one);
        expect(how).toBeGreaterThanOrEqual(0);
        expect(how).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
