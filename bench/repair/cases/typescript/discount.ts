const RATES = new Map<string, { percent: number }>([['gold', { percent: 10 }]]);

export function discount(tier: string, total: number): number {
  const rate = RATES.get(tier)!;
  return (total * rate.percent) / 100;
}

// ---- test
import { discount } from '../src/discount.ts';

test('gold', () => assert.equal(discount('gold', 50), 5));
// ---- crash
discount('none', 50);
