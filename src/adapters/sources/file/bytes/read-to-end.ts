import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { VigilError } from '../../../../domain/errors.ts';
import type { LineBatch } from '../../../../ports/source.ts';
import { looksBinary } from '../resume/identity.ts';
import { encodingOf, isHalfMark } from './encoding.ts';
import { type LineSplitter, type Lines, lineSplitter, portions } from './split-lines.ts';

/**
 * A file (`.gz` is unpacked) or `-` for stdin, once, to its end. There is no clock: `receivedAt` is 0.
 * @throws VigilError `bad_input` for a folder, a binary file, or one that cannot be read.
 */
export function readToEnd(path: string, stdin: Readable): AsyncGenerator<LineBatch> {
  return linesOf(path, bytesToEnd(path, stdin));
}

/** The bytes, unpacked. @throws as `readToEnd`, but for a binary file. */
export function bytesToEnd(path: string, stdin: Readable): AsyncGenerator<Buffer> {
  return withWholeMark(chunksOf(path, stdin));
}

/** The lines in bytes. @throws VigilError `bad_input` for bytes that are no text. */
export async function* linesOf(path: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<LineBatch> {
  let splitter: LineSplitter | null = null;
  for await (const chunk of chunks) {
    if (splitter === null && looksBinary(chunk)) throw binary(path);
    splitter ??= lineSplitter(0, encodingOf(chunk));
    yield* batches(path, splitter.push(chunk), splitter.offset());
  }
  const last = splitter?.flush() ?? { lines: [], offsets: [] };
  const end = splitter?.offset() ?? 0;
  yield* batches(path, last, end);
  yield { ...batchOf(path, { lines: [], offsets: [] }, end), ended: true };
}

/** The first chunk has all of a byte order mark, though a pipe may bring it in halves. */
async function* withWholeMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let half: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = half.length === 0 ? chunk : Buffer.concat([half, chunk]);
    half = isHalfMark(bytes) ? bytes : Buffer.alloc(0);
    if (half.length === 0) yield bytes;
  }
  if (half.length > 0) yield half;
}

function* batches(path: string, found: Lines, end: number): Generator<LineBatch> {
  for (const portion of portions(found, end)) yield batchOf(path, portion, portion.end);
}

function batchOf(path: string, { lines, offsets }: Lines, end: number): LineBatch {
  const cursor = { stream: path, offset: end, mark: null };
  return {
    stream: path,
    mark: null,
    records: lines,
    offsets,
    marks: null,
    cursor,
    receivedAt: 0,
    ended: false,
  };
}

async function* chunksOf(path: string, stdin: Readable): AsyncGenerator<Buffer> {
  const chunks = path === '-' ? stdin : await unpacked(path);
  try {
    for await (const chunk of chunks) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function unpacked(path: string): Promise<AsyncIterable<unknown>> {
  const bytes = bytesOf(await openFile(path));
  if (!path.endsWith('.gz')) return bytes;
  const gunzip = createGunzip();
  // The callback is there to be told; an error of either end comes out of the iteration.
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  return gunzip;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if (!(await file.stat()).isDirectory()) return file;
    await file.close();
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw new VigilError('bad_input', { what: `${path} is a folder`, hint: `Name a file in it: ls ${path}` });
}

/** Chunks of a file; closes it at the end. */
async function* bytesOf(file: FileHandle): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(256 * 1024);
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Files below `path`, sorted, hidden ones and dependencies left out; `path` itself when it is a file.
 * @throws VigilError `bad_input` when it, or a folder below it, is not there or cannot be listed.
 */
export async function filesBelow(path: string): Promise<readonly string[]> {
  if (path === '-') return [path];
  try {
    return (await stat(path)).isDirectory() ? (await listed(path)).toSorted() : [path];
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function listed(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await listed(path)));
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(path);
  }
  return found;
}

function binary(path: string): VigilError {
  return new VigilError('bad_input', {
    what: `${path} is a binary file`,
    why: 'it has NUL bytes',
    hint: 'Name a text log.',
  });
}

function unreadable(path: string, cause: unknown): VigilError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new VigilError('bad_input', { what: `${path} cannot be read`, why: REASONS[code] ?? code, cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'it may not be read',
  Z_DATA_ERROR: 'it is not what gzip writes',
  Z_BUF_ERROR: 'it ends too early',
};
