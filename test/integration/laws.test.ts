import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const repo = resolve(import.meta.dirname, '../..');
const tool = (name: string) => join(repo, 'node_modules', '.bin', name);

const cruiseSchema = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs a checker that exits non-zero when it finds something; answers its stdout. */
async function stdoutOf(file: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await run(file, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return error.stdout;
    throw error;
  }
}

async function cruise(cwd: string, ...folders: string[]) {
  const args = ['--config', join(repo, '.dependency-cruiser.mjs'), '--output-type', 'json', ...folders];
  return cruiseSchema.parse(JSON.parse(await stdoutOf(tool('depcruise'), args, cwd))).summary;
}

describe('the laws of the house', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigilai-laws-'));
    await symlink(join(repo, 'node_modules'), join(folder, 'node_modules'));
    for (const file of ['tsconfig.json', 'package.json', '.oxlintrc.json'])
      await cp(join(repo, file), join(folder, file));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function plant(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }

  it('catches a planted import of every forbidden kind', async () => {
    await plant({
      'src/domain/up.ts': "import { port } from '../ports/port.ts';\nexport const up = port;\n",
      'src/ports/port.ts': 'export const port = 1;\n',
      'src/detectors/clock.ts':
        "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      'src/pipeline/heavy.ts':
        "import { run } from '../detectors/clock.ts';\nimport pino from 'pino';\nexport const heavy = [run, pino];\n",
      'src/adapters/a/a.ts': "import { b } from '../b/b.ts';\nexport const a = b;\n",
      'src/adapters/b/b.ts': 'export const b = 1;\n',
      'src/commands/c.ts': "import { local } from '../compose/local.ts';\nexport const c = local;\n",
      'src/compose/local.ts': 'export const local = 1;\n',
      'src/daemon/one.ts': "import { two } from './two.ts';\nexport const one = (): number => two();\n",
      'src/daemon/two.ts': "import { one } from './one.ts';\nexport const two = (): number => one();\n",
    });
    const { violations } = await cruise(folder, 'src');
    const caught = violations.map(
      ({ from, rule }) => `${from}: ${rule.name.replace(/-stands-on-.*/, '-floor')}`,
    );
    expect(caught).toEqual(
      expect.arrayContaining([
        'src/domain/up.ts: domain-floor',
        'src/detectors/clock.ts: pure-floors-touch-nothing',
        'src/pipeline/heavy.ts: pure-floors-use-pure-libraries',
        'src/adapters/a/a.ts: adapters-do-not-know-each-other',
        'src/commands/c.ts: only-bin-composes',
        'src/daemon/one.ts: no-cycles',
      ]),
    );
  });

  it('reads the whole house, and finds nothing', async () => {
    const { totalCruised, violations } = await cruise(repo, 'bin', 'src');
    expect(violations).toEqual([]);
    expect(totalCruised).toBeGreaterThan(250);
  });

  it('catches a floating promise, which only the type-aware linter sees', async () => {
    await plant({
      'src/lint/floating.ts':
        'async function work(): Promise<void> {}\nexport function go(): void {\n  work();\n}\n',
    });
    const out = await stdoutOf(tool('oxlint'), ['--type-aware', 'src/lint'], folder);
    expect(out).toContain('no-floating-promises');
  });
});
