import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { userGit, writeFiles } from '../../support/fix-world.ts';
import { HOME, REPOSITORY, SECRETS } from './victim.ts';

/** A machine of its own for one run: a home with secrets, a checkout in it, and the bare repository it pushes to. */
export interface World {
  readonly folder: string;
  readonly home: string;
  readonly root: string;
  readonly state: string;
  readonly temp: string;
  readonly base: string;
  remove(): void;
}

export function makeWorld(): World {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-hostile-')));
  const home = join(folder, 'home');
  const root = join(home, 'shop');
  const remote = join(folder, 'remote.git');
  const temp = join(folder, 'tmp');
  for (const dir of [home, root, temp]) mkdirSync(dir, { recursive: true });
  writeFiles(home, HOME);
  writeFiles(root, REPOSITORY);
  userGit(folder, 'init', '-q', '--bare', '-b', 'main', remote);
  userGit(root, 'init', '-q', '-b', 'main');
  userGit(root, 'add', '-A');
  userGit(root, 'commit', '-q', '-m', 'start');
  userGit(root, 'remote', 'add', 'origin', remote);
  userGit(root, 'push', '-q', 'origin', 'main');
  userGit(root, 'config', 'http.extraHeader', `Authorization: Bearer ${SECRETS.github}`);
  writeFiles(root, { 'notes.txt': 'not committed\n', 'logs/shop.log': 'ignored\n' });
  return {
    folder,
    home,
    root,
    temp,
    state: join(home, '.local/state/vigilai'),
    base: userGit(root, 'rev-parse', 'HEAD'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Everything of the world but our own state and temp: path, mode and content of each file, refs, settings and hooks among them. */
export function fingerprint(world: World): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  const ours = [world.state, world.temp];
  function look(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (ours.includes(path)) continue;
      const { mode } = lstatSync(path);
      if (entry.isDirectory()) look(path);
      else {
        const content = entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
        seen.set(
          relative(world.folder, path),
          `${mode} ${createHash('sha256').update(content).digest('hex')}`,
        );
      }
    }
  }
  look(world.folder);
  return seen;
}

/** A proven fix adds one branch of ours and its objects to the checkout; whatever else is new or other is a leak. */
const OURS = /^home\/shop\/\.git\/(objects\/|refs\/heads\/vigilai\/)|^home\/\.local(\/state)?$/;

/** Paths that are not as they were. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter(
    (path) => before.get(path) !== after.get(path) && !(OURS.test(path) && !before.has(path)),
  );
}

/** What outlives a run; a process that is being killed gets three seconds to be gone on a busy machine. */
export async function outliving(world: World): Promise<readonly string[]> {
  for (let look = 0; look < 30 && livingIn(world).length > 0; look += 1) await wait(100);
  return livingIn(world);
}

/** What is still alive of a run, by environment, arguments or folder; by id and arguments. */
function livingIn(world: World): readonly string[] {
  const own = String(process.pid);
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && pid !== own)
    .map((pid) => ({ pid, traces: tracesOf(pid) }))
    .filter(({ traces }) => traces.includes(world.folder))
    .map(({ pid, traces }) => `${pid} ${traces.slice(0, 200).replaceAll('\0', ' ')}`);
}

function tracesOf(pid: string): string {
  const read = (file: string) => tried(() => readFileSync(`/proc/${pid}/${file}`, 'utf8'));
  const arguments_ = read('cmdline');
  // A zombie has none.
  return arguments_ === ''
    ? ''
    : `${arguments_} ${read('environ')} ${tried(() => readlinkSync(`/proc/${pid}/cwd`))}`;
}

function tried(work: () => string): string {
  try {
    return work();
  } catch {
    return ''; // it left, or is not ours
  }
}

/** Names of secrets that stand in any file below, whole or encoded. */
export function secretsBelow(folder: string): readonly string[] {
  const texts = filesBelow(folder).map((file) => readFileSync(file, 'utf8'));
  return Object.entries(SECRETS)
    .filter(([, secret]) => texts.some((text) => text.includes(secret)))
    .map(([name]) => name);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
