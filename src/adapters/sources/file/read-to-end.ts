import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { VigilError } from '../../../domain/errors.ts';
import type { Batch } from '../../../ports/source.ts';
import { isBinary } from './identity.ts';
import { type Lines, lineSplitter } from './split-lines.ts';

/**
 * A file (`.gz` is unpacked) or `-` for stdin, once, to its end. There is no clock: `receivedAt` is 0.
 * @throws VigilError `bad_input` for a folder, a binary file, or one that cannot be read.
 */
export async function* readToEnd(path: string, stdin: Readable): AsyncGenerator<Batch> {
  const chunks = path === '-' ? stdin : await chunksOf(path);
  const splitter = lineSplitter(0);
  const batch = (found: Lines, ended: boolean): Batch => ({
    stream: path,
    mark: null,
    ...found,
    cursor: { stream: path, offset: splitter.offset(), mark: null },
    receivedAt: 0,
    ended,
  });
  try {
    for await (const chunk of chunks) {
      const found = splitter.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
      if (found.lines.length > 0) yield batch(found, false);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  yield batch(splitter.flush(), true);
}

async function chunksOf(path: string): Promise<AsyncIterable<Buffer>> {
  const file = await openFile(path);
  if (path.endsWith('.gz')) {
    return Readable.from(bytesOf(file)).pipe(createGunzip());
  }
  if (await isBinary(file)) {
    await file.close();
    throw new VigilError('bad_input', {
      what: `${path} is a binary file`,
      why: 'it has NUL bytes',
      hint: 'Name a text log.',
    });
  }
  return bytesOf(file);
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

/** Files below `path`, sorted, hidden ones and dependencies left out; `path` itself when it is a file. */
export async function filesBelow(path: string): Promise<readonly string[]> {
  if (path === '-') return [path];
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const below = await Promise.all(
    shown.map((entry) =>
      entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
    ),
  );
  return below.flat().toSorted();
}

function unreadable(path: string, cause: unknown): VigilError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
  return new VigilError('bad_input', { what: `${path} cannot be read`, why, cause });
}
