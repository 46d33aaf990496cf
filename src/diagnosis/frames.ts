import type { Frame, StackTrace } from '../domain/trace.ts';

/** A frame of application code that was found in the repository. */
export interface MappedFrame {
  /** Path in the repository. */
  readonly file: string;
  readonly line: number;
  readonly symbol: string | null;
}

/** Where compilers put what they make, and where it came from. */
const BUILT = /(^|\/)(dist|build|lib|out|\.next)\//;
const SOURCE_ENDINGS = ['.ts', '.tsx', '.mts', '.jsx', '.js'];

/**
 * In-app frames that belong to files of the repository, most telling first: the innermost cause's frames before those
 * of the errors that wrap it, and within a trace the innermost frame first. Frames of thin wrappers come last.
 */
export function mapFrames(trace: StackTrace, files: readonly string[]): readonly MappedFrame[] {
  const find = fileFinder(files);
  const frames = causesFirst(trace).flatMap((link) => link.frames);
  const mapped = frames.flatMap((frame) => mapFrame(frame, find));
  return [...mapped.filter(({ file }) => !isWrapper(file)), ...mapped.filter(({ file }) => isWrapper(file))];
}

/** Innermost cause first. */
function causesFirst(trace: StackTrace): readonly StackTrace[] {
  const chain: StackTrace[] = [];
  for (let link: StackTrace | null = trace; link !== null && chain.length < 10; link = link.cause)
    chain.unshift(link);
  return chain;
}

function mapFrame(frame: Frame, find: (path: string) => string | null): readonly MappedFrame[] {
  if (!frame.inApp || frame.line === null) return [];
  const file = find(frame.file);
  return file === null ? [] : [{ file, line: frame.line, symbol: frame.symbol }];
}

/**
 * Finds a repository file by the longest common end of its path: `/app/src/x.js` in a container, `file:///srv/x.js`,
 * `C:\app\x.js`, `packages/api/src/x.js` of a monorepo, or `dist/x.js` that was compiled from `src/x.ts`.
 */
function fileFinder(files: readonly string[]): (path: string) => string | null {
  const byName = new Map<string, string[]>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  return (raw) => {
    for (const path of spellings(raw)) {
      const candidates = byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
      const best = longestEnd(path, candidates);
      if (best !== null) return best;
    }
    return null;
  };
}

function spellings(raw: string): readonly string[] {
  const path = raw
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(/[?#].*$/, '');
  const dot = path.lastIndexOf('.');
  const stem = dot < 0 ? path : path.slice(0, dot);
  const sources = SOURCE_ENDINGS.map((ending) => stem.replace(BUILT, '$1src/') + ending);
  return BUILT.test(path)
    ? [...sources, path]
    : [path, ...(path.endsWith('.js') ? [`${stem}.ts`, `${stem}.tsx`] : [])];
}

/** The candidate that shares most path parts with `path`, from the end; null when two share as many. */
function longestEnd(path: string, candidates: readonly string[]): string | null {
  const wanted = path.split('/').toReversed();
  const shared = (file: string): number => {
    const parts = file.split('/').toReversed();
    let count = 0;
    while (count < parts.length && parts[count] === wanted[count]) count += 1;
    return count;
  };
  const ranked = candidates
    .map((file) => ({ file, count: shared(file) }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = ranked;
  if (first === undefined || first.count === 0) return null;
  return second !== undefined && second.count === first.count ? null : first.file;
}

/** Loggers, assertions and middleware only pass an error on. */
function isWrapper(file: string): boolean {
  return /(^|\/)(logger|logging|log|assert|assertions|middleware|error-?handler)s?\.[a-z]+$/i.test(file);
}
