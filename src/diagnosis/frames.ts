import { causesFirst, type Frame, type StackTrace } from '../domain/trace.ts';
import { installedFinder, type Packages } from './installed.ts';

/** A frame of application code that was found in the repository. */
export interface MappedFrame {
  /** Path in the repository. */
  readonly file: string;
  /** As the runtime printed it: a line of the compiled file where `exact` is false. */
  readonly line: number;
  readonly symbol: string | null;
  /** The frame's own file; false where it was guessed from what it was compiled to, or by its name alone. */
  readonly exact: boolean;
}

/**
 * In-app frames that belong to files of the repository, most telling first: the innermost cause's frames before those
 * of the errors that wrap it, and within a trace the innermost frame first. Frames of thin wrappers come last. Frames of an
 * installed package count where the repository is that of the package.
 */
export function mapFrames(
  trace: StackTrace,
  files: readonly string[],
  packages: Packages = new Map(),
): readonly MappedFrame[] {
  const find = fileFinder(files);
  const findInstalled = installedFinder(files, packages, find);
  const mapped = causesFirst(trace)
    .flatMap((link) => link.frames)
    .flatMap((frame) => mapFrame(frame, frame.inApp ? find : findInstalled));
  return [...mapped.filter(({ file }) => !isWrapper(file)), ...mapped.filter(({ file }) => isWrapper(file))];
}

function mapFrame(frame: Frame, find: Find): readonly MappedFrame[] {
  if (frame.line === null) return [];
  const found = find(frame.file);
  return found === null ? [] : [{ ...found, line: frame.line, symbol: functionName(frame.symbol) }];
}

/** `async Cart.total`, `new Cart`, `Object.<anonymous>`: the name that stands in the source, or null. */
function functionName(symbol: string | null): string | null {
  const name = symbol
    ?.replace(/^(?:async|new) /, '')
    .replace(/ \[as .*$/, '')
    .split(/[.:#]/)
    .at(-1);
  return name === undefined || !/^[\w$]+$/.test(name) ? null : name;
}

interface Place {
  readonly file: string;
  readonly exact: boolean;
}
export type Find = (path: string) => Place | null;

/** Where compilers put what they make. */
const BUILT = /(^|\/)(?:dist|build|lib|out|\.next\/server)\//;
/** Where nothing is written by hand; `lib` may be. */
const MADE = /(^|\/)(?:dist|build|out|\.next\/server)\//;
const COMPILED_FROM: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx', '.js', '.mts'],
  '.mjs': ['.mts', '.ts', '.mjs', '.js'],
  '.cjs': ['.cts', '.ts', '.cjs', '.js'],
};

/**
 * Finds a repository file by the longest common end of its path: `/app/src/x.js` in a container, `file:///srv/x.js`,
 * `C:\app\x.js`, `packages/api/src/x.js` of a monorepo, or `dist/x.js` that was compiled from `src/x.ts`. The path as it
 * is comes before what it may have been compiled from; a name alone counts only where no other file has it.
 */
export function fileFinder(files: readonly string[]): Find {
  const byName = new Map<string, string[]>();
  for (const file of files) {
    const name = nameOf(file);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [file]);
    else same.push(file);
  }
  const best = (path: string): Shared | null => longestEnd(path, byName.get(nameOf(path)) ?? []);
  return (raw) => {
    const path = normalised(raw);
    const own = best(path);
    const guessed = sourcesOf(path).map(best);
    const source = guessed.find((found) => found?.strong === true && found.file !== own?.file);
    // What was compiled may lie beside its source: nobody mends it there.
    if (own?.strong === true && !(MADE.test(own.file) && source !== undefined)) {
      return { file: own.file, exact: true };
    }
    const strong = guessed.find((found) => found?.strong === true);
    const file = strong?.file ?? own?.file ?? guessed.find((found) => found !== null)?.file;
    return file === undefined ? null : { file, exact: false };
  };
}

/** With forward slashes, and without what URLs add. */
export function normalised(raw: string): string {
  const path = raw
    .replace(/^(?:file|webpack(?:-internal)?):\/\/\/?/, '/')
    .replaceAll('\\', '/')
    .replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a percent sign that encodes nothing
  }
}

function sourcesOf(path: string): readonly string[] {
  const dot = path.lastIndexOf('.');
  const ending = path.slice(dot);
  const stem = path.slice(0, dot);
  const stems = BUILT.test(stem) ? [stem.replace(BUILT, '$1src/'), stem.replace(BUILT, '$1')] : [stem];
  return stems.flatMap((one) => (COMPILED_FROM[ending] ?? [ending]).map((from) => one + from));
}

interface Shared {
  readonly file: string;
  /** More than the name is shared, or the whole of the repository's path. */
  readonly strong: boolean;
}

/** The candidate that shares most path parts with `path`, from the end; null when two share as many. */
function longestEnd(path: string, candidates: readonly string[]): Shared | null {
  const wanted = path.split('/').toReversed();
  const ranked = candidates
    .map((file) => {
      const parts = file.split('/').toReversed();
      const differs = parts.findIndex((part, at) => part !== wanted[at]);
      const count = differs === -1 ? parts.length : differs;
      return { file, count, strong: differs === -1 || count > 1, whole: differs === -1 };
    })
    .toSorted((a, b) => b.count - a.count || Number(b.whole) - Number(a.whole));
  const [first, second] = ranked;
  if (first === undefined) return null;
  const isTie = second?.count === first.count && second.whole === first.whole;
  return isTie ? null : first;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Loggers, assertions and middleware only pass an error on. */
function isWrapper(file: string): boolean {
  return /(^|\/)(logger|logging|log|assert|assertions|middleware|error-?handler)s?\.[a-z]+$/i.test(file);
}
