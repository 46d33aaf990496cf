import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, workspaceRoot } from '../../src/config/load.ts';
import { VigilError } from '../../src/domain/errors.ts';

/** A new folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-config-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const load = (root: string, more: Partial<Parameters<typeof loadConfig>[0]> = {}) =>
  loadConfig({ root, userConfig: join(root, 'none'), env: {}, ...more });

async function failure(root: string): Promise<VigilError> {
  const error: unknown = await load(root).catch((reason: unknown) => reason);
  if (error instanceof VigilError) return error;
  throw new Error(`no VigilError but ${String(error)}`);
}

describe('loading the configuration', () => {
  it.each([
    [
      'ts',
      "import type { Config } from 'vigilai';\nexport default { automation: 'stage' } satisfies Config;\n",
    ],
    ['js', "export default { automation: 'stage' };\n"],
    ['json', '{"automation":"stage"}'],
    ['yaml', 'automation: stage\n'],
  ])('reads a .%s file', async (ending, text) => {
    const root = folder({ [`vigilai.config.${ending}`]: text });
    const { settings, file } = await load(root);
    expect(settings.automation).toBe('stage');
    expect(file).toBe(join(root, `vigilai.config.${ending}`));
  });

  it('lets flags win over the environment, the workspace, the user and the defaults', async () => {
    const root = folder({
      'vigilai.config.json': '{"detection":{"bucketSeconds":2},"budget":{"perDay":3}}',
      'user/config.json': '{"detection":{"bucketSeconds":3,"quietMinutes":7},"daemon":{"idleHours":9}}',
    });
    const { settings, origins } = await load(root, {
      userConfig: join(root, 'user'),
      env: { VIGILAI_BUDGET_PER_DAY: '4', VIGILAI_DAEMON_IDLE_HOURS: '8' },
      flags: { budget: { perDay: 5 } },
    });
    expect(settings.detection).toMatchObject({ bucketSeconds: 2, quietMinutes: 7 });
    expect(settings.daemon.idleHours).toBe(8);
    expect(settings.budget).toEqual({ perAnomaly: 0.25, perDay: 5, perWorkspace: 50 });
    expect(origins.map((origin) => origin.from)).toEqual(['flags', 'environment', 'workspace', 'user']);
  });

  it('is all defaults without a file', async () => {
    const { settings, file, origins } = await load(folder({}));
    expect({ automation: settings.automation, file, origins }).toEqual({
      automation: 'diagnose',
      file: null,
      origins: [],
    });
  });

  it('takes an empty file as no file', async () => {
    expect((await load(folder({ 'vigilai.config.yaml': '' }))).settings.automation).toBe('diagnose');
  });

  it('names the file, the key, the value and the allowed form', async () => {
    const error = await failure(folder({ 'vigilai.config.json': '{"detection":{"bucketSeconds":"ten"}}' }));
    expect([error.code, error.exit]).toEqual(['bad_config', 2]);
    expect(error.message).toBe(
      'vigilai.config.json: detection.bucketSeconds is "ten"; allowed: a number from 0.1 to 120',
    );
  });

  it('says what an enum in TypeScript needs', async () => {
    const error = await failure(
      folder({ 'vigilai.config.ts': "enum Mode { A = 'stage' }\nexport default { automation: Mode.A };\n" }),
    );
    expect(error.message).toContain('vigilai.config.ts cannot be read');
    expect(error.hint).toContain('without enum');
  });

  it.each([
    ['json', '{"automation": stage}'],
    ['yaml', 'automation: [stage'],
    ['ts', 'export default {'],
    ['js', "import { x } from 'not-there-at-all';\nexport default x;"],
  ])('names a broken .%s file', async (ending, text) => {
    const error = await failure(folder({ [`vigilai.config.${ending}`]: text }));
    expect(error.code).toBe('bad_config');
    expect(error.message).toContain(`vigilai.config.${ending} cannot be read`);
  });
});

describe('the workspace of a folder', () => {
  it('is the nearest folder with a configuration, up to the git root', () => {
    const root = folder({ '.git/HEAD': '', 'apps/shop/vigilai.config.json': '{}', 'apps/shop/src/a.ts': '' });
    expect(workspaceRoot(join(root, 'apps/shop/src'))).toBe(join(root, 'apps/shop'));
    expect(workspaceRoot(join(root, 'apps'))).toBe(root);
  });

  it('does not look above the git root', () => {
    const root = folder({ 'vigilai.config.json': '{}', 'repo/.git/HEAD': '', 'repo/src/a.ts': '' });
    expect(workspaceRoot(join(root, 'repo/src'))).toBe(join(root, 'repo'));
  });
});
