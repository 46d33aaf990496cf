import { existsSync, lstatSync } from 'node:fs';
import type { Command, Confinement, Sandbox } from '../../ports/process.ts';
import { marked } from '../process/mark.ts';
import { isBelow, realFolders, realOf, type VisibleDeps, visibleFolders } from './visible-folders.ts';

/** Doors to the machine that a read-only file system does not close: sockets of container engines and sessions. */
const DOORS = [
  '/run/docker.sock',
  '/run/podman',
  '/run/containerd',
  '/run/user',
  '/run/dbus',
  '/run/snapd.socket',
  '/var/run/docker.sock',
  '/var/run/dbus',
];

/** What may be written outside of the given folders lies in memory: that much in each of the hidden ones. */
const TEMP_BYTES = String(256 * 1024 * 1024);

/**
 * Bubblewrap: own process, IPC and (unless asked otherwise) network namespaces; the file system read-only but for the
 * given folders; HOME, /tmp and the usual sockets hidden. What dies outside, dies inside.
 */
export function bubblewrap(deps: VisibleDeps, { bounded } = { bounded: true }): Sandbox {
  return {
    name: 'bubblewrap',
    confine(command, confinement) {
      const args = [
        ...namespaces(confinement),
        ...fileSystem(deps, command, confinement, bounded ? ['--size', TEMP_BYTES] : []),
        '--chdir',
        command.cwd,
      ];
      return marked({ ...command, argv: ['bwrap', ...args, '--', ...command.argv] });
    },
  };
}

function namespaces(confinement: Confinement): readonly string[] {
  const own = ['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent', '--new-session'];
  return [...own, '--cap-drop', 'ALL', ...(confinement.network ? [] : ['--unshare-net'])];
}

function fileSystem(
  deps: VisibleDeps,
  command: Command,
  confinement: Confinement,
  size: readonly string[],
): readonly string[] {
  const hidden = hiddenFolders(deps);
  const shown = realFolders([...visibleFolders(deps, command.argv[0]), ...confinement.readableHome]).filter(
    (folder) => hidden.some((one) => isBelow(folder, one) && folder !== one),
  );
  const writable = realFolders(confinement.writable);
  return [
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    ...hidden.flatMap((folder) => [...size, '--tmpfs', folder]),
    ...closedDoors(),
    ...shown.flatMap((folder) => ['--ro-bind', folder, folder]),
    ...writable.flatMap((folder) => ['--bind', folder, folder]),
  ];
}

function hiddenFolders(deps: VisibleDeps): readonly string[] {
  const home = realOf(deps.env['HOME'] ?? '');
  const folders = realFolders([
    '/tmp',
    '/var/tmp',
    '/root',
    '/home',
    ...(home === null ? [] : [home]),
    ...deps.hidden,
  ]);
  return folders.filter(
    (folder) => folder !== '/' && !folders.some((one) => one !== folder && isBelow(folder, one)),
  );
}

function closedDoors(): readonly string[] {
  const doors = realDoors();
  return doors.flatMap((door) =>
    lstatSync(door).isDirectory() ? ['--tmpfs', door] : ['--ro-bind', '/dev/null', door],
  );
}

function realDoors(): readonly string[] {
  return realFolders(DOORS.filter((door) => existsSync(door)));
}
