import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretsFrom } from '../../../../src/adapters/secrets/secrets.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigilai-secrets-'));
  file = join(folder, 'secrets');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets', () => {
  it('come from the environment before the file', async () => {
    writeFileSync(file, '# keys\nKEY=from file\nexport OTHER="quoted"\n\nEMPTY=\n', { mode: 0o600 });
    const secrets = secretsFrom({ KEY: 'from env', BLANK: '' }, file);
    expect(await secrets.get('KEY')).toBe('from env');
    expect(await secrets.get('OTHER')).toBe('quoted');
    expect(await secrets.get('GONE')).toBeNull();
    expect(await secrets.get('EMPTY')).toBeNull();
  });

  it('are nowhere without the file', async () => {
    expect(await secretsFrom({}, file).get('KEY')).toBeNull();
  });

  it.each([0o640, 0o604, 0o666])('are refused from a file that others can read (%o)', async (mode) => {
    writeFileSync(file, 'KEY=value\n');
    chmodSync(file, mode);
    const asked = secretsFrom({}, file).get('KEY');
    await expect(asked).rejects.toMatchObject({
      code: 'refused',
      hint: `Make it yours alone: chmod 600 ${file}`,
    });
    await expect(asked).rejects.not.toThrow('value');
  });
});
