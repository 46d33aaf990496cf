import { tmpdir } from 'node:os';
import type { Command, Run, Sandbox } from '../../ports/process.ts';
import { bubblewrap } from './bubblewrap.ts';
import { sandboxExec } from './sandbox-exec.ts';
import { OWN_PROCESSES, unconfined } from './unconfined.ts';

export interface SandboxDeps {
  readonly run: Run;
  readonly platform: NodeJS.Platform;
  /** PATH, HOME and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Binary of the running Node; its installation stays readable even below HOME. */
  readonly execPath: string;
  /** Folders that every confined command may read even below HOME: installed dependencies, shared git objects. */
  readonly visible: readonly string[];
  /** Folders beside HOME that none may read, but for what is visible or writable in them: the user's checkout, our state. */
  readonly hidden: readonly string[];
  /** `none` by configuration: no file and no network is kept from a command. */
  readonly wanted: 'auto' | 'none';
}

/** A busy machine is slow; taking it for one without a sandbox would be worse. */
const TRIAL_MS = 30_000;

/** The best sandbox that really works here: each one is tried with a harmless command first. */
export async function detectSandbox(deps: SandboxDeps): Promise<Sandbox> {
  for (const candidate of candidates(deps)) {
    if (await works(candidate, deps)) return candidate;
  }
  return unconfined();
}

/** Best first. Bubblewrap before 0.7 cannot bound the size of a temporary file system. */
function candidates(deps: SandboxDeps): readonly Sandbox[] {
  const confined = deps.wanted === 'auto';
  if (deps.platform === 'linux') {
    const boxes = confined ? [bubblewrap(deps), bubblewrap(deps, { bounded: false })] : [];
    return [...boxes, unconfined(OWN_PROCESSES)];
  }
  return deps.platform === 'darwin' && confined ? [sandboxExec(deps)] : [];
}

async function works(sandbox: Sandbox, deps: SandboxDeps): Promise<boolean> {
  const command: Command = {
    argv: [deps.execPath, '--version'],
    cwd: tmpdir(),
    env: { PATH: deps.env['PATH'] ?? '/usr/bin:/bin' },
  };
  const confined = sandbox.confine(command, { writable: [tmpdir()], readableHome: [], network: false });
  const limits = { timeoutMs: TRIAL_MS, maxOutputBytes: 10_000 };
  const ended = await deps.run(confined, limits, new AbortController().signal);
  return ended.exit === 'code' && ended.code === 0 && ended.stdout.startsWith('v');
}
