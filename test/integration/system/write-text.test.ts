import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeText } from '../../../src/adapters/system/write-text.ts';
import { folderWith } from '../../support/cli.ts';

async function* parts(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    await Promise.resolve();
    if (typeof text !== 'string') throw text;
    yield text;
  }
}

it('writes all parts, and makes the folders on the way', async () => {
  const path = join(folderWith({}), 'a/b/c.csv');
  await writeText(path, parts('one\n', 'twö\n'));
  expect(readFileSync(path, 'utf8')).toBe('one\ntwö\n');
});

it('leaves what was there when the parts break off, and nothing half written', async () => {
  const root = folderWith({ 'c.csv': 'old' });
  const broken = new Error('the input ends in the middle');
  await expect(writeText(join(root, 'c.csv'), parts('new', broken))).rejects.toBe(broken);
  expect(readFileSync(join(root, 'c.csv'), 'utf8')).toBe('old');
  expect(existsSync(join(root, 'c.csv.part'))).toBe(false);
});

it('tells what is in the way', async () => {
  const root = folderWith({ taken: '', 'folder/file': '' });
  await expect(writeText(join(root, 'taken/c.csv'), parts(''))).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('a folder on its way is a file'),
  });
  await expect(writeText(join(root, 'folder'), parts(''))).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('it is a folder'),
  });
});
