import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePreferences } from '../../../src/adapters/preferences/preferences.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-preferences-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('remembers for the next run, each key by itself', async () => {
  const path = join(root, 'deep', 'preferences.json');
  const first = filePreferences(path);
  expect(await first.get('theme')).toBeNull();
  await first.set('theme', 'dark');
  await first.set('lastWorkspace', '/w');
  const second = filePreferences(path);
  expect([await second.get('theme'), await second.get('lastWorkspace')]).toEqual(['dark', '/w']);
});

it.each(['not json', '[]', '{"theme": 5}', ''])('starts over from a damaged file: %j', async (text) => {
  const path = join(root, 'preferences.json');
  writeFileSync(path, text);
  const preferences = filePreferences(path);
  expect(await preferences.get('theme')).toBeNull();
  await preferences.set('theme', 'dark');
  expect(await filePreferences(path).get('theme')).toBe('dark');
});

it('answers null where nothing can be kept', async () => {
  writeFileSync(join(root, 'file'), '');
  expect(await filePreferences(join(root, 'file', 'below.json')).get('theme')).toBeNull();
});
