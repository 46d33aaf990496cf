import { createHash } from 'node:crypto';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where everything of one workspace lives. Both ends (CLI and daemon) call `pathsOf`, so they always agree. */
export interface Paths {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  /** Names the workspace in the state folder. */
  readonly key: string;
  /** State folder of the workspace (0700); everything below belongs to it. */
  readonly state: string;
  /** Unix socket of at most 100 bytes, or a named pipe. Its folder (0700, owned by the user) is made by the daemon. */
  readonly socket: string;
  readonly database: string;
  /** The daemon's own log. */
  readonly log: string;
  readonly journal: string;
  readonly artefacts: string;
  readonly workspaces: string;
  /** Per user, not per workspace. */
  readonly preferences: string;
  /** Folder of the user's own configuration file. */
  readonly userConfig: string;
  /** 0600 file of keys, one `NAME=value` a line. */
  readonly secrets: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Longest path that every Unix takes for a socket, with a little room (macOS: 104 with the final zero). */
const SOCKET_BYTES = 100;

/** All paths of the workspace at `root` (absolute). Touches nothing on disk. */
export function pathsOf(root: string, env: Env, platform: NodeJS.Platform): Paths {
  const key = shortHash(root);
  const stateHome = stateHomeOf(env, platform);
  const state = join(stateHome, key);
  const userConfig = configHomeOf(env, platform);
  return {
    root,
    key,
    state,
    socket: socketOf(state, env, platform),
    database: join(state, 'state.db'),
    log: join(state, 'daemon.log'),
    journal: join(state, 'journal'),
    artefacts: join(state, 'artefacts'),
    workspaces: join(state, 'workspaces'),
    preferences: join(stateHome, 'preferences.json'),
    userConfig,
    secrets: join(userConfig, 'secrets.env'),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function stateHomeOf(env: Env, platform: NodeJS.Platform): string {
  if (absolute(env['XDG_STATE_HOME'])) return join(env['XDG_STATE_HOME'], 'vigilai');
  if (platform === 'win32' && env['LOCALAPPDATA'] !== undefined) return join(env['LOCALAPPDATA'], 'vigilai');
  return join(homeOf(env), '.local', 'state', 'vigilai');
}

function configHomeOf(env: Env, platform: NodeJS.Platform): string {
  if (absolute(env['XDG_CONFIG_HOME'])) return join(env['XDG_CONFIG_HOME'], 'vigilai');
  if (platform === 'win32' && env['APPDATA'] !== undefined) return join(env['APPDATA'], 'vigilai');
  return join(homeOf(env), '.config', 'vigilai');
}

/** Named for the state folder, not the root: another XDG_STATE_HOME is another daemon. */
function socketOf(state: string, env: Env, platform: NodeJS.Platform): string {
  const name = shortHash(state);
  if (platform === 'win32') return `\\\\.\\pipe\\vigilai-${name}`;
  const uid = userInfo().uid;
  const places = [
    absolute(env['XDG_RUNTIME_DIR']) ? join(env['XDG_RUNTIME_DIR'], 'vigilai') : null,
    join(env['TMPDIR'] ?? tmpdir(), `vigilai-${uid}`),
  ];
  const fitting = places
    .filter((place) => place !== null)
    .map((place) => join(place, `${name}.sock`))
    .find((path) => Buffer.byteLength(path) <= SOCKET_BYTES);
  return fitting ?? join('/tmp', `vigilai-${uid}`, `${name}.sock`);
}

/** The XDG specification says that a relative path is to be ignored. */
function absolute(path: string | undefined): path is string {
  return path !== undefined && (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path));
}

function homeOf(env: Env): string {
  return env['HOME'] ?? homedir();
}
