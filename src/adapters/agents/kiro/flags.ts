import type { Ended } from '../../../ports/process.ts';

type Help = Pick<Ended, 'exit' | 'code' | 'stdout' | 'stderr'>;

/** What the installed CLI understands, read from its own help: versions and documents disagree. */
export interface Flags {
  /** Arguments that start the agent on ACP; null when it does not know `acp`. */
  readonly acp: readonly string[] | null;
  /** Arguments of one headless run with machine output, prompt on stdin; null when it has no such output. */
  readonly headless: readonly string[] | null;
}

/** Tools that write a fix: files and commands. The sandbox bounds them; everything else stays untrusted and is denied. */
const TRUSTED = 'read,write,shell,grep,glob,fs_read,fs_write,execute_bash';

export function readFlags(acpHelp: Help, chatHelp: Help): Flags {
  return { acp: acpArgs(acpHelp), headless: headlessArgs(chatHelp) };
}

function acpArgs(help: Help): readonly string[] | null {
  if (!answered(help)) return null;
  return ['acp', ...engine(help, true)];
}

function headlessArgs(help: Help): readonly string[] | null {
  if (!answered(help) || !lists(help, '--output-format')) return null;
  const wrap = lists(help, '--wrap') ? ['--wrap', 'never'] : [];
  return [
    'chat', '--no-interactive', '--output-format', 'stream-json',
    ...engine(help, false), ...wrap, `--trust-tools=${TRUSTED}`,
  ]; // biome-ignore format: argv reads best as a line
}

/**
 * Names the engine where that is possible, so that a run does not depend on the CLI's default: v2, which asks for
 * permission, else v3, which over ACP wants the credentials of the CLI named (kirodotdev/Kiro#10543).
 */
function engine(help: Help, acp: boolean): readonly string[] {
  const auth = acp && lists(help, '--auth-method') ? ['--auth-method', 'cli'] : [];
  if (!lists(help, '--agent-engine')) return auth;
  return /\bv2\b/.test(help.stdout) ? ['--agent-engine', 'v2'] : ['--agent-engine', 'v3', ...auth];
}

function answered({ exit, code }: Help): boolean {
  return exit === 'code' && code === 0;
}

function lists({ stdout }: Help, flag: string): boolean {
  return new RegExp(`(^|[\\s,])${flag}\\b`, 'm').test(stdout);
}
