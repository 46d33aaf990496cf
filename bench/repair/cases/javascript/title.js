export function title(words) {
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
}
// ---- test
import { title } from '../src/title.js';
test('capitals', () => assert.deepEqual(title(['a', 'tale']), 'A Tale'));
// ---- crash
title(['a', '', 'tale']);
