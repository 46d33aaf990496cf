import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const DOOR = join(import.meta.dirname, '../../bin/vigilai.ts');

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** Ctrl-C is pressed once this has come to its end. */
  readonly interrupt?: () => Promise<void>;
}

/** Runs the real program as a process, from source. Home and state are below `cwd`. */
export function vigilai(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const { cwd, input = '', env = {}, node = [], interrupt } = options;
  const child = spawn(process.execPath, [...node, DOOR, ...args], { cwd, env: { ...homeIn(cwd), ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  void interrupt?.().then(() => child.kill('SIGINT'));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

function homeIn(cwd: string): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '', HOME: join(cwd, 'home'), XDG_STATE_HOME: join(cwd, 'state') };
}

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-cli-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
