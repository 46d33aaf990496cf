import type { Files } from './fix-world.ts';

const BUGGY = `export function total(order) {
  return order.lines.reduce((sum, line) => sum + line.price, 0);
}
`;
const FIXED = BUGGY.replace('order.lines.', '(order.lines ?? []).');
const OLD_TEST = `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { total } from '../src/total.js';

describe('total', () => {
  it('adds prices', () => {
    assert.equal(total({ lines: [{ price: 2 }, { price: 3 }] }), 5);
  });
});
`;
const NEW_TEST = OLD_TEST.replace(
  /\}\);\n$/,
  `  it('is 0 without lines', () => {
    assert.equal(total({}), 0);
  });
});
`,
);

/** The one file at fault, in a small project that `node --test` tests. */
export const SUSPECT = 'src/total.js';

export const SHOP: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { test: 'node --test test/*.test.js' },
  }),
  'package-lock.json': '{"lockfileVersion":3}',
  [SUSPECT]: BUGGY,
  'test/total.test.js': OLD_TEST,
};

/** A fix that holds. */
export const HONEST: Files = { [SUSPECT]: FIXED, 'test/total.test.js': NEW_TEST };
