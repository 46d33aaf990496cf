import type { Command, Confinement, Sandbox } from '../../ports/process.ts';
import { realFolders, type VisibleDeps, visibleFolders } from './visible-folders.ts';

/**
 * macOS Seatbelt. Unproven: written from Apple's profile language, its text is tested, but it has not been run on a Mac
 * by this project's CI. It hides HOME, denies writes outside the given folders, and the network unless asked.
 */
export function sandboxExec(deps: VisibleDeps): Sandbox {
  return {
    name: 'sandbox-exec',
    confine: (command, confinement) => ({
      ...command,
      argv: ['/usr/bin/sandbox-exec', '-p', profileText(deps, command, confinement), ...command.argv],
    }),
  };
}

/** Later rules win. */
export function profileText(deps: VisibleDeps, command: Command, confinement: Confinement): string {
  const hidden = realFolders([deps.env['HOME'] ?? '', ...deps.hidden]);
  const readable = realFolders([...visibleFolders(deps, command.argv[0]), ...confinement.readableHome]);
  const writable = realFolders(confinement.writable);
  return [
    '(version 1)',
    '(allow default)',
    '(deny file-write*)',
    '(allow file-write* (literal "/dev/null") (literal "/dev/tty") (literal "/dev/stdout") (literal "/dev/stderr"))',
    ...hidden.map((folder) => `(deny file-read-data (subpath ${quoted(folder)}))`),
    ...readable.map((folder) => `(allow file-read* (subpath ${quoted(folder)}))`),
    ...writable.map((folder) => `(allow file-read* file-write* (subpath ${quoted(folder)}))`),
    ...(confinement.network ? [] : ['(deny network*)', '(allow network* (local ip "localhost:*"))']),
  ].join('\n');
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
