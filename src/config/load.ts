import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type CosmiconfigResult, cosmiconfig } from 'cosmiconfig';
import { VigilError } from '../domain/errors.ts';
import { type Config, configSchema, type Settings } from './config.ts';
import { fromEnvironment } from './environment.ts';
import { type Problem, problemsOf } from './problems.ts';

/** One thing that the settings were made of. */
export interface Origin {
  readonly from: 'flags' | 'environment' | 'workspace' | 'user';
  /** The file; null for flags and environment. */
  readonly file: string | null;
}

/** Settings of a workspace and where they came from. */
export interface Loaded {
  readonly settings: Settings;
  /** The workspace's own file; null when there is none. */
  readonly file: string | null;
  /** Strongest first. */
  readonly origins: readonly Origin[];
}

export interface LoadFrom {
  /** Root of the workspace, absolute: `workspaceRoot(cwd)`. */
  readonly root: string;
  /** Folder of per-user configuration. */
  readonly userConfig: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Options given on the command line; they win. */
  readonly flags?: Config;
}

const ENDINGS = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'];
const NAMES = ENDINGS.map((ending) => `vigilai.config.${ending}`);
const USER_NAMES = [...ENDINGS.map((ending) => `config.${ending}`), ...NAMES];

/**
 * The settings of a workspace. Flags > `VIGILAI_*` > `vigilai.config.*` of the workspace > the user's `config.*` >
 * defaults; objects are merged, lists replace each other.
 * @throws VigilError `bad_config` that names the file, the key, the value and the allowed form.
 */
export async function loadConfig({ root, userConfig, env, flags = {} }: LoadFrom): Promise<Loaded> {
  const workspace = await readConfig(root, NAMES);
  const user = await readConfig(userConfig, USER_NAMES);
  for (const found of [workspace, user]) if (found !== null) check(found, root);
  const environment = fromEnvironment(env);
  const merged = [user?.value, workspace?.value, environment, flags].reduce(merge, {});
  return {
    settings: parse(merged),
    file: workspace?.file ?? null,
    origins: originsOf({ flags, environment, workspace, user }),
  };
}

/** The folder that a command belongs to: the nearest with a config file, else the git root, else `from` itself. */
export function workspaceRoot(from: string): string {
  const start = realPath(resolve(from));
  const git = foldersUp(start, null).find((folder) => existsSync(join(folder, '.git'))) ?? null;
  const within = foldersUp(start, git ?? null);
  const own = within.find((folder) => NAMES.some((name) => existsSync(join(folder, name))));
  return own ?? git ?? start;
}

/** `start` and its parents, up to and with `last`; to the file system's root when `last` is null. */
function foldersUp(start: string, last: string | null): readonly string[] {
  const parent = dirname(start);
  if (start === last || parent === start) return [start];
  return [start, ...foldersUp(parent, last)];
}

/** The same folder by another name must be the same workspace. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

interface Found {
  readonly file: string;
  readonly value: unknown;
}

async function readConfig(folder: string, names: readonly string[]): Promise<Found | null> {
  const explorer = cosmiconfig('vigilai', { searchPlaces: [...names], searchStrategy: 'none', cache: false });
  const result = await quietly(() => explorer.search(folder).catch(unreadable(folder, names)));
  return result === null ? null : { file: result.filepath, value: (result.config ?? {}) as unknown };
}

/** Node warns of TypeScript and of a file without `"type": "module"` beside it; here both are as they should be. */
async function quietly(load: () => Promise<CosmiconfigResult>): Promise<CosmiconfigResult> {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return await load();
  } finally {
    process.emitWarning = emit;
  }
}

function unreadable(folder: string, names: readonly string[]): (error: unknown) => never {
  return (error) => {
    const file =
      pathIn(error) ?? names.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? folder;
    const why = error instanceof Error ? firstLine(error.message) : String(error);
    throw new VigilError('bad_config', { what: `${file} cannot be read`, why, hint: wayOut(error) });
  };
}

function pathIn(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('filepath' in error)) return null;
  return typeof error.filepath === 'string' ? error.filepath : null;
}

function firstLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^(JSON|YAML) Error in .*:$/.test(line))[0] ?? message;
}

function wayOut(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return 'Node only removes types: write it without enum, namespace and parameter properties.';
  }
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return "Write `import type { Config } from 'vigilai'`: a value import fails where vigilai is not installed locally.";
  }
  return 'Correct it; `vigilai config validate` tells when it is right.';
}

function check({ file, value }: Found, root: string): void {
  const problems = problemsOf(value);
  const first = problems[0];
  if (first === undefined) return;
  const shown = relative(root, file);
  throw new VigilError('bad_config', {
    what: `${shown.startsWith('..') ? file : shown}: ${first.message}`,
    ...(problems.length > 1 && { why: others(problems.slice(1)) }),
    hint: 'Correct it; `vigilai config validate` tells when it is right.',
  });
}

function others(problems: readonly Problem[]): string {
  return `and ${problems.map((problem) => problem.message).join('; ')}`;
}

/** Flags and environment may still be wrong when each file is right. */
function parse(merged: unknown): Settings {
  const problem = problemsOf(merged)[0];
  if (problem !== undefined) {
    throw new VigilError('bad_config', {
      what: `flags and environment: ${problem.message}`,
      hint: 'Look at the flags and at `env | grep VIGILAI_`.',
    });
  }
  return configSchema.parse(merged);
}

function merge(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over === undefined ? under : over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(under[key], over[key])]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Parts {
  readonly flags: Config;
  readonly environment: object;
  readonly workspace: Found | null;
  readonly user: Found | null;
}

function originsOf({ flags, environment, workspace, user }: Parts): readonly Origin[] {
  return [
    ...(Object.keys(flags).length > 0 ? [{ from: 'flags' as const, file: null }] : []),
    ...(Object.keys(environment).length > 0 ? [{ from: 'environment' as const, file: null }] : []),
    ...(workspace === null ? [] : [{ from: 'workspace' as const, file: workspace.file }]),
    ...(user === null ? [] : [{ from: 'user' as const, file: user.file }]),
  ];
}
