import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix } from '../../src/codegen/apply.ts';
import {
  type Files,
  failedChecks,
  newRepository,
  newWorld,
  planAt,
  portsAt,
  writing,
} from '../support/fix-world.ts';

const BUGGY = `export function total(order) {
  return order.lines.reduce((sum, line) => sum + line.price, 0);
}
`;
const FIXED = BUGGY.replace('order.lines.', '(order.lines ?? []).');

describe('a proof with vitest', () => {
  let world: ReturnType<typeof newWorld>;
  beforeEach(() => {
    world = newWorld();
  });
  afterEach(() => world.remove());

  it('holds for an honest fix, with the packages of the checkout', async () => {
    const test = (more: string) =>
      `import { expect, it } from 'vitest';\nimport { total } from '../src/total.js';\nit('adds', () => {\n  expect(total({ lines: [{ price: 2 }] })).toBe(2);\n});\n${more}`;
    const project: Files = {
      'package.json': JSON.stringify({
        name: 'shop',
        type: 'module',
        scripts: { test: 'vitest' },
        devDependencies: { vitest: '5' },
      }),
      '.gitignore': 'node_modules\n',
      'src/total.js': BUGGY,
      'test/total.test.js': test(''),
    };
    const root = join(world.folder, 'repo');
    const base = newRepository(root, project);
    symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
    const agent = writing({
      'src/total.js': FIXED,
      'test/total.test.js': test("it('is 0', () => {\n  expect(total({})).toBe(0);\n});\n"),
    });
    const fix = await applyFix(
      planAt(base, 'src/total.js'),
      await portsAt(world.folder, agent),
      new AbortController().signal,
    );
    expect(failedChecks(fix)).toEqual([]);
    expect(fix).toMatchObject({ framework: 'vitest', outcome: { end: 'proven' } });
  });
});
