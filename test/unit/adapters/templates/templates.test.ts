import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTemplates, readPatterns } from '../../../../src/adapters/templates/templates.ts';

const SHIPPED = join(import.meta.dirname, '../../../../templates');
const WHOLE = `
- id: one
  title: One
  match:
    - any: ['a', 'b|c']
    - 'd'
  verdict: no_code_cause
  cause: It is so.
  next: Change it.
  examples: ['a d']
  counter_examples: ['a']
`;

describe('templates in files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'templates-'));
    await mkdir(join(folder, 'patterns'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder, 'patterns', name), text);

  it('are read by name', async () => {
    expect(await fileTemplates(SHIPPED).text('brief.md')).toContain('# The fault');
  });

  it('hold patterns in the order of file names, several ways of saying a thing as one expression', async () => {
    await write('b.yaml', WHOLE);
    await write('a.yaml', WHOLE.replace('id: one', 'id: zero'));
    await write('notes.txt', 'no pattern');
    const patterns = await readPatterns(folder);
    expect(patterns.map(({ id }) => id)).toEqual(['zero', 'one']);
    expect(patterns[1]).toMatchObject({ match: ['(?:a|b|c)', 'd'], unless: [] });
  });

  it.each([
    ['an unknown word', WHOLE.replace('next:', 'then: x\n  next:')],
    ['no example', WHOLE.replace("['a d']", '[]')],
    ['no condition', WHOLE.replace(/ {2}match:[^v]*/, '  match: []\n  ')],
    ['another verdict', WHOLE.replace('no_code_cause', 'perhaps')],
  ])('are refused with %s', async (_, text) => {
    await write('a.yaml', text);
    await expect(readPatterns(folder)).rejects.toThrow();
  });

  it("come after those of files of one's own", async () => {
    await write('a.yaml', WHOLE);
    await writeFile(join(folder, 'own.yaml'), WHOLE.replace('id: one', 'id: mine'));
    const patterns = await fileTemplates(folder, [join(folder, 'own.yaml')]).patterns();
    expect(patterns.map(({ id }) => id)).toEqual(['mine', 'one']);
  });

  it.each([
    ['that is missing', null, 'no such file'],
    ['that is no YAML', '- id: [', 'YAML'],
    ['that lacks a word', WHOLE.replace(/ {2}cause:.*\n/, ''), 'cause'],
    ['whose expression is none', WHOLE.replace("'d'", "'('"), 'regular expression'],
    ['that backtracks without bound', WHOLE.replace("'d'", "'(a+)+b'"), 'repeats'],
  ])('are refused as configuration in a file %s', async (_, text, why) => {
    const file = join(folder, 'own.yaml');
    if (text !== null) await writeFile(file, text);
    const reading = fileTemplates(folder, [file]).patterns();
    await expect(reading).rejects.toMatchObject({ code: 'bad_config' });
    await expect(reading).rejects.toThrow('own.yaml');
    await expect(reading).rejects.toThrow(why);
  });
});
