import type { ChangeType } from '../../domain/fix.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { type Isolated, inGitDir } from './isolated.ts';

const MAX_READ_FILES = 300;
const MAX_READ_BYTES = 1024 * 1024;

interface RawChange {
  readonly path: string;
  readonly modes: readonly [before: string, after: string];
  readonly blobs: readonly [before: string, after: string];
  readonly changeType: ChangeType;
}

/** The sealed tree against the base, path by path, with text on both sides where it is text of at most 1 MiB. */
export async function changesBetween(isolated: Isolated, sealed: string): Promise<readonly FileChange[]> {
  const args = ['-r', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', isolated.base, sealed];
  const raw = rawChanges(await inGitDir(isolated, ['diff-tree', '--raw', '--full-index', ...args]));
  const counts = lineCounts(await inGitDir(isolated, ['diff-tree', '--numstat', ...args]));
  const small = await smallBlobs(isolated, raw.slice(0, MAX_READ_FILES));
  const changes: FileChange[] = [];
  for (const change of raw) changes.push(await fileChange(isolated, change, { counts, small }));
  return changes;
}

interface Known {
  readonly counts: ReadonlyMap<string, readonly [added: number, removed: number] | null>;
  readonly small: ReadonlySet<string>;
}

async function fileChange(isolated: Isolated, change: RawChange, known: Known): Promise<FileChange> {
  const counts = known.counts.get(change.path) ?? null;
  const isText = counts !== null && change.blobs.every((blob) => isNone(blob) || known.small.has(blob));
  const text = async (blob: string) =>
    isText && !isNone(blob) ? await inGitDir(isolated, ['cat-file', 'blob', blob]) : null;
  return {
    path: change.path,
    changeType: change.changeType,
    before: await text(change.blobs[0]),
    after: await text(change.blobs[1]),
    linesAdded: counts?.[0] ?? 0,
    linesRemoved: counts?.[1] ?? 0,
    binary: !isText,
    special: isSpecial(change),
  };
}

/** `:100644 100644 <sha> <sha> M` NUL path NUL. */
function rawChanges(output: string): readonly RawChange[] {
  const fields = output.split('\0');
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [before = '', after = '', from = '', to = '', status = ''] = (fields[at] ?? '')
      .replace(/^:/, '')
      .split(' ');
    const changeType = status === 'A' ? 'create' : status === 'D' ? 'delete' : 'modify';
    changes.push({ path: fields[at + 1] ?? '', modes: [before, after], blobs: [from, to], changeType });
  }
  return changes;
}

/** `added TAB removed TAB path` NUL; `-` for binary. */
function lineCounts(output: string): Known['counts'] {
  const counts = new Map<string, readonly [number, number] | null>();
  for (const entry of output.split('\0')) {
    const [added = '', removed = '', ...path] = entry.split('\t');
    if (path.length > 0) counts.set(path.join('\t'), added === '-' ? null : [Number(added), Number(removed)]);
  }
  return counts;
}

async function smallBlobs(isolated: Isolated, changes: readonly RawChange[]): Promise<ReadonlySet<string>> {
  const blobs = changes
    .filter((change) => !isSpecial(change))
    .flatMap((change) => change.blobs)
    .filter((blob) => !isNone(blob));
  if (blobs.length === 0) return new Set();
  const listed = await inGitDir(isolated, ['cat-file', '--batch-check'], `${blobs.join('\n')}\n`);
  const sizes = listed.split('\n').map((line) => line.split(' '));
  return new Set(
    sizes
      .filter(([, type, size]) => type === 'blob' && Number(size) <= MAX_READ_BYTES)
      .map(([sha = '']) => sha),
  );
}

/** Not a plain file before and after, or one that became executable or stopped being so. */
function isSpecial({ modes: [before, after] }: RawChange): boolean {
  const plain = ['000000', '100644', '100755'];
  if (!plain.includes(before) || !plain.includes(after)) return true;
  return before === '000000' ? after === '100755' : after !== '000000' && before !== after;
}

function isNone(blob: string): boolean {
  return /^0+$/.test(blob);
}
