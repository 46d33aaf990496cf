import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Every path of a workspace. Both ends (CLI and daemon) get them from `pathsOf`. */
export interface Paths {
  readonly root: string;
  /** Short name of the workspace, a hash of its root. */
  readonly key: string;
  /** Folder of the state, 0700. */
  readonly state: string;
  readonly database: string;
  readonly log: string;
  readonly journals: string;
  readonly artefacts: string;
  readonly workspaces: string;
  /** What is known of the repository's source files. */
  readonly outlines: string;
  readonly lock: string;
  /** Unix socket (at most about 100 bytes) or named pipe. */
  readonly socket: string;
  /** Folder of per-user files. */
  readonly userConfig: string;
  readonly preferences: string;
  readonly secrets: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly tmp: string;
  /** User id, where the platform has one. */
  readonly uid: number | null;
}

/** A longer path is no socket on some Unix (macOS: 104 bytes with the final zero). */
const SOCKET_BYTES = 100;

/** Paths of the workspace at `root` (absolute), by the XDG base directory specification. */
export function pathsOf(root: string, around: Surroundings): Paths {
  const { env, home } = around;
  const key = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const state = join(env['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'vigilai', key);
  const userConfig = join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'vigilai');
  return {
    root,
    key,
    state,
    database: join(state, 'vigilai.db'),
    log: join(state, 'daemon.log'),
    journals: join(state, 'journals'),
    artefacts: join(state, 'fixes'),
    workspaces: join(state, 'workspaces'),
    outlines: join(state, 'outlines'),
    lock: join(state, 'daemon.lock'),
    socket: socketOf(state, around),
    userConfig,
    preferences: join(userConfig, 'preferences.json'),
    secrets: join(userConfig, 'secrets'),
  };
}

/** Named after the state folder, so that another state home means another daemon. */
function socketOf(state: string, { env, platform, tmp, uid }: Surroundings): string {
  const name = createHash('sha256').update(state).digest('hex').slice(0, 12);
  if (platform === 'win32') return `\\\\.\\pipe\\vigilai-${name}`;
  const own = `vigilai-${uid ?? 'user'}`;
  const runtime = env['XDG_RUNTIME_DIR'];
  const places = [...(runtime === undefined ? [] : [join(runtime, 'vigilai')]), join(tmp, own)];
  const short = places.find((place) => Buffer.byteLength(place) + name.length + 6 <= SOCKET_BYTES);
  return join(short ?? join('/tmp', own), `${name}.sock`);
}
