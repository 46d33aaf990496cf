import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { App } from './app.ts';

const PIPE = '\\\\.\\pipe\\';

/**
 * Listens where only the owner can connect: a socket 0600 in a folder 0700, or a named pipe. Call it only while
 * holding the lock: a socket file that is left over is removed.
 * @throws VigilError `refused` when the folder belongs to somebody else.
 */
export async function listen(app: App, socket: string): Promise<void> {
  if (socket.startsWith(PIPE)) {
    await app.listen({ path: socket });
    return;
  }
  ownFolder(dirname(socket));
  rmSync(socket, { force: true });
  // Nothing else is created while the mask is set: the daemon does not run yet.
  const before = process.umask(0o177);
  try {
    await app.listen({ path: socket });
  } finally {
    process.umask(before);
  }
  chmodSync(socket, 0o600);
}

function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const me = process.getuid?.() ?? uid;
  if (uid !== me || !lstatSync(folder).isDirectory()) {
    throw new VigilError('refused', {
      what: `the folder of the socket, ${folder}, belongs to somebody else`,
      hint: 'Set XDG_RUNTIME_DIR to a folder of yours.',
    });
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Does anybody accept connections there? */
export function listens(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    const say = (answer: boolean) => {
      probe.destroy();
      resolve(answer);
    };
    probe.once('connect', () => say(true));
    probe.once('error', () => say(false));
  });
}
