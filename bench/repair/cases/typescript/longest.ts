export function longest(words: readonly string[]): string {
  return words.reduce((best, word) => (word.length > best.length ? word : best));
}

// ---- test
import { longest } from '../src/longest.ts';

test('long', () => assert.equal(longest(['a', 'bcd']), 'bcd'));
// ---- crash
longest([]);
