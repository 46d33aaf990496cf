import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Step {
  readonly text?: string;
  readonly write?: { readonly path: string; readonly content: string };
  readonly shell?: string;
}

export const env = process.env;
export const fault = env['FAKE_KIRO_FAULT'] ?? '';
export const version = env['FAKE_KIRO_VERSION'] ?? '2.21.2';
export const argv = process.argv.slice(2);

export function steps(): readonly Step[] {
  const file = env['FAKE_KIRO_SCRIPT'];
  return file === undefined ? [{ text: 'PONG' }] : (JSON.parse(readFileSync(file, 'utf8')) as Step[]);
}

export function flag(name: string): string | undefined {
  const at = argv.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  const arg = argv[at];
  if (arg === undefined) return undefined;
  return arg.includes('=') ? arg.slice(name.length + 1) : argv[at + 1];
}

export function has(name: string): boolean {
  return flag(name) !== undefined || argv.includes(name);
}

export function trusted(tool: 'write' | 'shell'): boolean {
  const named = (flag('--trust-tools') ?? '').split(',');
  return has('--trust-all-tools') || named.includes(tool);
}

/** Does what a step says, in the current folder; answers the tool's raw output item. */
export function perform(step: Step): object {
  if (step.write !== undefined) {
    const file = resolve(process.cwd(), step.write.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, step.write.content);
    return { Text: `Successfully wrote ${step.write.path}` };
  }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', step.shell ?? ''], { encoding: 'utf8' });
  return { Json: { exit_status: `exit status: ${status}`, stdout, stderr } };
}

export function hang(): void {
  setInterval(() => undefined, 1 << 30);
}
