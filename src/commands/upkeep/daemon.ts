import { readFile } from 'node:fs/promises';
import type { Client } from '../../client/client.ts';
import { VigilError } from '../../domain/errors.ts';
import type { Context } from '../context.ts';

const STOP_MS = 10_000;
const POLL_MS = 50;

/** `vigilai daemon start`. */
export async function startDaemon(context: Context): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const { pid, version, workspace } = await client.status();
  print.data({ running: true, pid, version, workspace });
  print.line(`The daemon runs: pid ${pid}, version ${version}.`);
  return 0;
}

/** `vigilai daemon stop`: answers when it is gone. */
export async function stopDaemon(context: Context): Promise<number> {
  const { print } = context;
  const client = await context.connected();
  if (client !== null) await stopAndWait(context, client);
  print.data({ running: false, stopped: client !== null });
  print.line(client === null ? 'No daemon was running.' : 'The daemon has stopped.');
  return 0;
}

/** `vigilai daemon restart`. */
export async function restartDaemon(context: Context): Promise<number> {
  const client = await context.connected();
  if (client !== null) await stopAndWait(context, client);
  return startDaemon(context);
}

async function stopAndWait(context: Context, client: Client): Promise<void> {
  const { clock } = context.program;
  await client.stop();
  const deadline = clock.now() + STOP_MS;
  while ((await context.connected()) !== null) {
    if (clock.now() > deadline) {
      throw new VigilError('daemon_unreachable', {
        what: `the daemon did not stop within ${STOP_MS / 1000} s`,
        hint: 'Look at `vigilai daemon logs`.',
      });
    }
    await clock.sleep(POLL_MS);
  }
}

/** `vigilai daemon logs`: the last lines of its own log, as they are. */
export async function daemonLogs(context: Context, lines: number): Promise<number> {
  const { print, io } = context;
  const { log } = (await context.place()).paths;
  const text = await readFile(log, 'utf8').catch(() => null);
  const tail = text?.trimEnd().split('\n').slice(-Math.max(1, lines)) ?? [];
  print.data({ log, lines: tail });
  if (text === null) print.line(`No daemon has run here yet: ${log} does not exist.`);
  else if (!print.json) io.stdout.write(`${tail.join('\n')}\n`);
  return 0;
}

/** `vigilai daemon run`: is the daemon. Started by `ensureDaemon`, in its own process. */
export async function runDaemon(context: Context, root: string | null): Promise<number> {
  // The daemon flushes on SIGTERM by itself.
  context.holdSignals();
  const { program } = context;
  const composition = await program.compose();
  const place = await context.place({}, root);
  return composition.daemon(place);
}
