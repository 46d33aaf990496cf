export interface Point {
  readonly value: number;
}

export function rises(points: readonly Point[]): number {
  let count = 0;
  for (let i = 0; i < points.length; i++) {
    if (points[i + 1]!.value > points[i]!.value) count += 1;
  }
  return count;
}

// ---- test
import { rises } from '../src/rolling.ts';

test('none', () => assert.equal(rises([]), 0));
// ---- crash
rises([{ value: 1 }, { value: 2 }]);
