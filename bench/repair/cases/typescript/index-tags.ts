export function indexTags(posts: readonly { id: number; tag: string }[]): Record<string, number[]> {
  const index: Record<string, number[]> = {};
  for (const post of posts) {
    index[post.tag]!.push(post.id);
  }
  return index;
}

// ---- test
import { indexTags } from '../src/index-tags.ts';

test('none', () => assert.deepEqual(indexTags([]), {}));
// ---- crash
indexTags([{ id: 1, tag: 'a' }]);
