import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** Where people install runtimes and command line tools below HOME: programs, not secrets. */
const TOOL_HOMES =
  '.pyenv .nvm .volta .asdf .fnm .nodenv .rbenv .bun .deno .npm-global .local/bin .local/lib .local/share/mise .local/share/fnm .local/share/uv .local/share/pnpm .cargo/bin .rustup .sdkman n Library/pnpm'.split(
    ' ',
  );

export interface VisibleDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly execPath: string;
  readonly visible: readonly string[];
  /** Folders that no confined command may read, but for what is visible in them. */
  readonly hidden: readonly string[];
}

/** Real folders that must stay readable though HOME is hidden; a program's own installation among them. */
export function visibleFolders(deps: VisibleDeps, program: string): readonly string[] {
  const home = deps.env['HOME'] ?? '';
  const onPath = (deps.env['PATH'] ?? '').split(':').filter((folder) => isAbsolute(folder));
  const programs = [deps.execPath, ...locate(program, onPath)].flatMap((file) => installationOf(file, home));
  const homes = home === '' ? [] : TOOL_HOMES.map((folder) => join(home, folder));
  return realFolders([...homes, ...onPath, ...programs, ...deps.visible]).filter(
    (folder) => folder !== realOf(home),
  );
}

/** Existing ones, links resolved, outer before inner. */
export function realFolders(folders: readonly string[]): readonly string[] {
  const real = folders.map(realOf).filter((folder) => folder !== null);
  return [...new Set(real)].sort((a, b) => a.length - b.length);
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

export function realOf(path: string): string | null {
  return path !== '' && existsSync(path) ? realpathSync(path) : null;
}

function locate(program: string, onPath: readonly string[]): readonly string[] {
  if (isAbsolute(program)) return existsSync(program) ? [program] : [];
  const found = onPath.map((folder) => join(folder, program)).find((file) => existsSync(file));
  return found === undefined ? [] : [found];
}

/** `<prefix>/bin/x` is installed in the prefix, a file below node_modules in the outermost one; else its folder. */
function installationOf(file: string, home: string): readonly string[] {
  const real = realOf(file);
  if (real === null) return [];
  const parts = real.split(sep);
  const modules = parts.indexOf('node_modules');
  const own = modules === -1 ? dirname(real) : parts.slice(0, modules + 1).join(sep);
  const prefix = basename(own) === 'bin' ? dirname(own) : own;
  const tooWide = prefix === sep || prefix === home || prefix === join(home, '.local');
  return [dirname(file), tooWide ? own : prefix];
}
