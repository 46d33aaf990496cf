import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { vigilai } from '../support/cli.ts';
import { demoHistory } from '../support/demo-history.ts';
import type { History } from '../support/history.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FIXTURES = join(ROOT, 'test/support/fixtures/diagnosed');
const PAGE = readFileSync(join(ROOT, 'docs/diagnosis.md'), 'utf8');

let shop: History;
beforeAll(() => {
  shop = demoHistory();
});
afterAll(() => {
  shop.remove();
});

it.each(['crash.log', 'shipped.log', 'start.log'])(
  'docs/diagnosis.md shows what is printed for %s',
  async (file) => {
    shop.write({ [file]: readFileSync(join(FIXTURES, file), 'utf8') });
    const { code, out } = await vigilai(['diagnose', '--input', file, '--offline'], { cwd: shop.root });
    expect(code).toBe(0);
    expect(shownIn(PAGE, file)).toBe(out);
  },
);

/** The output of the command as the page shows it, in the fence that begins with the command. */
function shownIn(page: string, file: string): string {
  const from = `\`\`\`\n$ vigilai diagnose --input ${file} --offline\n`;
  const at = page.indexOf(from) + from.length;
  return page.slice(at, page.indexOf('\n```', at) + 1);
}
