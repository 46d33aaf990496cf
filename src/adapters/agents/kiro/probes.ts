import { z } from 'zod';
import type { Ended } from '../../../ports/process.ts';
import { run } from '../../process/run.ts';
import { agentEnv } from '../box.ts';
import type { AgentDeps } from '../deps.ts';
import { findProgram } from '../find-program.ts';
import { type Flags, readFlags } from './flags.ts';

/** What is installed here, found out without spending credits. */
export type Kiro =
  | { readonly state: 'not_installed'; readonly detail: string }
  | { readonly state: 'not_signed_in'; readonly version: string; readonly detail: string }
  | {
      readonly state: 'ready';
      readonly program: string;
      readonly version: string;
      readonly account: string;
      readonly flags: Flags;
    };

export const KIRO_ENV = ['KIRO_API_KEY', 'KIRO_HOME'];

/** A hanging `--version` has been seen; whoami may look up a profile. */
const VERSION_MS = 3_000;
const WHOAMI_MS = 8_000;
const HELP_MS = 5_000;

/** Version, then credential, then flags. The credential comes first of all that costs: without one `chat` waits for ever. */
export async function probeKiro(
  command: string,
  names: readonly string[],
  deps: AgentDeps,
  signal: AbortSignal,
): Promise<Kiro> {
  const env: Readonly<Record<string, string>> = {
    ...agentEnv([...KIRO_ENV, ...names], deps),
    NO_COLOR: '1',
    KIRO_LOG_NO_COLOR: '1',
    TERM: 'dumb',
  };
  const program = await findProgram(command, env['PATH'] ?? '');
  if (program === null) return { state: 'not_installed', detail: `${command} was not found on PATH` };
  const ask = (args: readonly string[], timeoutMs: number) =>
    run({ argv: [program, ...args], cwd: deps.temp, env }, { timeoutMs, maxOutputBytes: 64 * 1024 }, signal);

  const asked = await ask(['--version'], VERSION_MS);
  const version = /\d+\.\d+\.\d+\S*/.exec(asked.stdout)?.[0];
  if (asked.exit !== 'code' || version === undefined) {
    return { state: 'not_installed', detail: `${program} --version did not answer with a version` };
  }
  const account = readAccount(await ask(['whoami', '--format', 'json'], WHOAMI_MS));
  if (account === null) {
    return {
      state: 'not_signed_in',
      version,
      detail: 'no credential: run `kiro-cli login` or set KIRO_API_KEY',
    };
  }
  const [acpHelp, chatHelp] = await Promise.all([
    ask(['acp', '--help'], HELP_MS),
    ask(['chat', '--help'], HELP_MS),
  ]);
  return { state: 'ready', program, version, account, flags: readFlags(acpHelp, chatHelp) };
}

/** Kind of account; null when nobody is signed in. Some versions print text after the JSON, old ones only text. */
export function readAccount({ exit, code, stdout }: Pick<Ended, 'exit' | 'code' | 'stdout'>): string | null {
  if (exit !== 'code' || code !== 0) return null;
  const json = /\{[\s\S]*?\}/.exec(stdout)?.[0];
  if (json === undefined) return /not logged in/i.test(stdout) ? null : stdout.trim().split('\n')[0] || null;
  const parsed = account.safeParse(parseJson(json));
  return parsed.success ? parsed.data.accountType : null;
}

const account = z.looseObject({ accountType: z.string().min(1) });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON: not an account
  }
}
