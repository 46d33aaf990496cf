import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cosmiconfig } from 'cosmiconfig';
import type { z } from 'zod';
import { VigilError } from '../domain/errors.ts';
import { configSchema, type Settings } from './config.ts';
import { fromEnvironment } from './environment.ts';

const NAMES = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'].map((ending) => `vigilai.config.${ending}`);

/** Settings of a workspace and where they came from. */
export interface Loaded {
  readonly settings: Settings;
  /** The file that was read; null when all is default. */
  readonly file: string | null;
}

export interface LoadFrom {
  /** Root of the workspace, absolute. */
  readonly root: string;
  /** Folder of per-user configuration. */
  readonly userConfig: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Flags stand above this; then `VIGILAI_*` variables, the nearest `vigilai.config.*` of the workspace, the user's own
 * file, defaults.
 * @throws VigilError `bad_config` naming the file, the key, the value and the allowed form.
 */
export async function loadConfig({ root, userConfig, env }: LoadFrom): Promise<Loaded> {
  const own = await readConfig(root);
  const found = own ?? (await readConfig(userConfig));
  const base = found?.value ?? {};
  const settings = check(
    { ...asRecord(base, found?.file ?? 'configuration'), ...fromEnvironment(env) },
    found?.file ?? null,
  );
  return { settings, file: found?.file ?? null };
}

/** The folder that a command belongs to: the nearest with a config file, else the git root, else `from` itself. */
export function workspaceRoot(from: string): string {
  let git: string | null = null;
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (NAMES.some((name) => existsSync(join(folder, name)))) return folder;
    if (existsSync(join(folder, '.git'))) {
      git = folder;
      break;
    }
    if (dirname(folder) === folder) break;
  }
  return git ?? resolve(from);
}

async function readConfig(
  folder: string,
): Promise<{ readonly value: unknown; readonly file: string } | null> {
  const explorer = cosmiconfig('vigilai', { searchPlaces: NAMES, searchStrategy: 'none', cache: false });
  try {
    const result = await withoutTypelessWarning(() => explorer.search(folder));
    return result === null || result.isEmpty === true
      ? null
      : { value: result.config as unknown, file: result.filepath };
  } catch (cause) {
    throw new VigilError('bad_config', {
      what: `the configuration in ${folder} cannot be read`,
      why: firstLine(cause),
      hint: 'TypeScript files may use types only (no enum, no namespace). Then run `vigilai config validate`.',
      cause,
    });
  }
}

function check(value: unknown, file: string | null): Settings {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => problem(issue, value));
  throw new VigilError('bad_config', {
    what: `${file ?? 'the configuration'} is not valid`,
    why: problems.join('; '),
  });
}

/** `detection.bucketSeconds is "ten": expected number`. */
function problem(issue: z.core.$ZodIssue, value: unknown): string {
  const key = issue.path.join('.') || 'the top level';
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    const names = issue.keys.map((name) => `\`${name}\``).join(', ');
    return `${names} ${issue.keys.length > 1 ? 'are' : 'is'} unknown in ${key}${known === '' ? '' : ` (known: ${known})`}`;
  }
  const found = issue.path.reduce<unknown>(
    (at, part) => (isRecord(at) ? at[String(part)] : undefined),
    value,
  );
  return `${key} is ${JSON.stringify(found) ?? 'missing'}: ${issue.message}`;
}

function knownKeys(path: readonly PropertyKey[]): string {
  const defaults: unknown = configSchema.parse({});
  const at = path.reduce<unknown>(
    (node, part) => (isRecord(node) ? node[String(part)] : undefined),
    defaults,
  );
  return isRecord(at) && !Array.isArray(at) ? Object.keys(at).join(', ') : '';
}

function asRecord(value: unknown, file: string): Record<string, unknown> {
  if (isRecord(value) && !Array.isArray(value)) return value;
  throw new VigilError('bad_config', {
    what: `${file} must export an object`,
    why: `it exports ${typeof value}`,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}

/** A config without `"type": "module"` beside it makes Node warn, which would confuse whoever reads our stderr. */
async function withoutTypelessWarning<T>(load: () => Promise<T>): Promise<T> {
  const emit = process.emitWarning.bind(process);
  const quiet = (...args: Parameters<typeof process.emitWarning>): void => {
    const [, options] = args;
    const code = isRecord(options) ? options['code'] : undefined;
    if (code !== 'MODULE_TYPELESS_PACKAGE_JSON') emit(...args);
  };
  process.emitWarning = quiet as typeof process.emitWarning;
  try {
    return await load();
  } finally {
    process.emitWarning = emit;
  }
}
