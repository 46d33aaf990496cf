import { posix } from 'node:path';
import { FlattenMap, LEAST_UPPER_BOUND, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import { causesFirst, type Frame, type StackTrace } from '../domain/trace.ts';
import type { Repository } from '../ports/repository.ts';
import { type Find, fileFinder, normalised } from './frames.ts';

/** Built files that are looked at for one trace, and how large they and their maps may be. */
const MOST_FILES = 12;
const LARGEST = 10 * 1024 * 1024;

/**
 * The trace with the frames of compiled JavaScript where their source stands, as far as source maps (ECMA-426) in the
 * checkout tell and the source is one of `files`. Only files inside the root are read; nothing is fetched.
 */
export async function atSource(
  trace: StackTrace,
  repository: Repository,
  files: readonly string[],
): Promise<StackTrace> {
  const maps = await mapsOf(trace, repository);
  if (maps.size === 0) return trace;
  const find = fileFinder(files);
  return movedTrace(trace, (frame) => originalOf(frame, maps.get(frame.file), find) ?? frame);
}

type Maps = ReadonlyMap<string, TraceMap>;

async function mapsOf(trace: StackTrace, repository: Repository): Promise<Maps> {
  const built = causesFirst(trace)
    .flatMap(({ frames }) => frames)
    .filter((frame) => frame.inApp && frame.line !== null && /\.[cm]?jsx?(?:[?#]|$)/.test(frame.file))
    .map(({ file }) => file);
  const maps = new Map<string, TraceMap>();
  for (const file of [...new Set(built)].slice(0, MOST_FILES)) {
    const map = await mapOf(file, repository);
    if (map !== null) maps.set(file, map);
  }
  return maps;
}

async function mapOf(path: string, repository: Repository): Promise<TraceMap | null> {
  for (const file of candidates(path, repository.root)) {
    const text = await repository.read(file, LARGEST);
    if (text === null) continue;
    const url = mapUrlIn(text);
    return url === null ? null : readMap(url, file, repository);
  }
  return null;
}

const MOST_PARTS = 6;

/** Where the file may lie in the checkout: the runtime's path below the root, or the ends of it that have a folder. */
function candidates(path: string, root: string): readonly string[] {
  const file = normalised(path);
  const base = `${root.replaceAll('\\', '/')}/`;
  if (file.startsWith(base)) return [file.slice(base.length)];
  const parts = file
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(-MOST_PARTS);
  return parts.slice(0, -1).map((_, i) => parts.slice(i).join('/'));
}

const COMMENT = 'sourceMappingURL=';

/** What the last `//# sourceMappingURL=` of a file names. */
function mapUrlIn(text: string): string | null {
  const at = text.lastIndexOf(COMMENT);
  if (at === -1 || !/\/[/*][#@]\s$/.test(text.slice(Math.max(0, at - 4), at))) return null;
  const url = text
    .slice(at + COMMENT.length)
    .trimEnd()
    .replace(/\s*\*\/$/, '');
  return url === '' || /\s/.test(url) ? null : url;
}

async function readMap(url: string, file: string, repository: Repository): Promise<TraceMap | null> {
  const besides = posix.join(posix.dirname(file), decoded(url));
  const text = url.startsWith('data:')
    ? inlineText(url)
    : /^[a-z][a-z\d+.-]*:|^\/\//i.test(url)
      ? null
      : await repository.read(besides, LARGEST);
  if (text === null) return null;
  try {
    return new FlattenMap(text, url.startsWith('data:') ? file : besides);
  } catch {
    return null; // not a map, whatever it calls itself
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return url; // a percent sign that encodes nothing
  }
}

function inlineText(url: string): string | null {
  const comma = url.indexOf(',');
  const kind = url.slice(0, comma);
  if (comma === -1 || comma > 200 || url.length > 2 * LARGEST) return null;
  try {
    const body = url.slice(comma + 1);
    if (!kind.endsWith(';base64')) return decodeURIComponent(body);
    return new TextDecoder().decode(Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

function originalOf(frame: Frame, map: TraceMap | undefined, find: Find): Frame | null {
  if (map === undefined || frame.line === null) return null;
  // Columns of a trace begin at 1, those of a map at 0; without a column the line's first mapping serves.
  const needle =
    frame.column === null
      ? { line: frame.line, column: 0, bias: LEAST_UPPER_BOUND as typeof LEAST_UPPER_BOUND }
      : { line: frame.line, column: Math.max(0, frame.column - 1) };
  const { source, line, column } = originalPositionFor(map, needle);
  if (source === null) return null;
  const found = find(source);
  return found?.exact === true ? { ...frame, file: found.file, line, column: column + 1 } : null;
}

function movedTrace(trace: StackTrace, move: (frame: Frame) => Frame): StackTrace {
  const { cause, related } = trace;
  return {
    ...trace,
    frames: trace.frames.map(move),
    cause: cause && movedTrace(cause, move),
    ...(related === undefined ? {} : { related: related.map((one) => movedTrace(one, move)) }),
  };
}
