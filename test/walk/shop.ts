import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelStep } from '../support/fake-model/calls.ts';
import { gitIn, makeRepository, writeFiles } from '../support/github/repositories.ts';

const ORDERS = `import { priceOf } from './prices.mjs';

export function total(order) {
  return order.lines.map((line) => priceOf(line.article) * line.count).reduce((a, b) => a + b, 0);
}
`;

const SAFE_PRICES = `const PRICES = { apple: 2, pear: 3 };

export function priceOf(article) {
  return PRICES[article] ?? 0;
}
`;

/** The second commit of the shop "simplifies" this, and articles without an entry break it. */
const PRICES = `const PRICES = { apple: { net: 2 }, pear: { net: 3 } };

export function priceOf(article) {
  return PRICES[article].net;
}
`;

const FIXED = PRICES.replace('PRICES[article].net', 'PRICES[article]?.net ?? 0');

const OLD_TEST = `import assert from 'node:assert/strict';
import test from 'node:test';
import { total } from '../src/orders.mjs';

test('adds what the lines cost', () => {
  assert.equal(total({ lines: [{ article: 'apple', count: 2 }, { article: 'pear', count: 1 }] }), 7);
});
`;

const NEW_TEST = `${OLD_TEST}
test('counts an article without a price as nothing', () => {
  assert.equal(total({ lines: [{ article: 'kiwi', count: 4 }, { article: 'apple', count: 1 }] }), 2);
});
`;

const SERVE = `import { total } from './orders.mjs';

const say = (level, message, more = {}) =>
  console.log(JSON.stringify({ time: new Date().toISOString(), level, service: 'shop', message, ...more }));

for (const article of process.argv.slice(2)) {
  try {
    total({ lines: [{ article, count: 1 }] });
    say('info', 'order priced', { article });
  } catch (error) {
    say('error', 'order failed', { err: { type: error.name, message: error.message, stack: error.stack } });
  }
}
`;

/** A small shop with a history: the second commit brings the bug in. */
export function makeShop(root: string): void {
  const project = {
    name: 'shop',
    private: true,
    type: 'module',
    scripts: { test: 'node --test test/*.test.mjs' },
  };
  makeRepository(root, {
    'package.json': `${JSON.stringify(project, null, 2)}\n`,
    '.gitignore': 'logs/\n',
    'src/orders.mjs': ORDERS,
    'src/prices.mjs': SAFE_PRICES,
    'src/serve.mjs': SERVE,
    'test/orders.test.mjs': OLD_TEST,
  });
  writeFiles(root, { 'src/prices.mjs': PRICES });
  gitIn(root, 'add', '--all');
  gitIn(root, 'commit', '--quiet', '--message', 'feat: net prices');
}

/** Runs the shop for real: its log, with the stack of the crash in it, is what VigilAI reads. */
export function runShop(root: string, articles: readonly string[]): string {
  const log = join(root, 'logs', 'shop.log');
  mkdirSync(join(root, 'logs'), { recursive: true });
  const argv = [join(root, 'src/serve.mjs'), ...articles];
  const { stdout } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  appendFileSync(log, stdout);
  return log;
}

/** What the scripted model thinks of. */
export const THOUGHTS: readonly ModelStep[] = [
  { read: 'src/prices.mjs' },
  { write: { path: 'src/prices.mjs', content: FIXED } },
  // An agent does not overwrite a file that it has not read.
  { read: 'test/orders.test.mjs' },
  { write: { path: 'test/orders.test.mjs', content: NEW_TEST } },
  { shell: 'node --test test/*.test.mjs' },
  { say: 'An article without a price now counts as nothing, and a test covers it.' },
];
