import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';
import { redact } from '../domain/redact.ts';
import type { Log } from '../ports/log.ts';

export interface LogOptions {
  readonly path: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** The file is put aside as `.1` (then `.2` ...) when it would grow beyond this. */
  readonly maxBytes?: number;
  /** How many are kept aside. */
  readonly keep?: number;
}

/** The program's own log: one JSON record a line, redacted, 0600, rotated by size. Written at once, so a crash loses nothing. */
export function openLog({ path, level, maxBytes = 5 * 1024 * 1024, keep = 3 }: LogOptions): Log {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file = openSync(path, 'a', 0o600);
  let size = fstatSync(file).size;
  const write = (said: string): void => {
    const line = `${redact(said.trimEnd())}\n`; // what failed may quote what it was handed
    const bytes = Buffer.byteLength(line);
    if (size > 0 && size + bytes > maxBytes) {
      closeSync(file);
      putAside(path, keep);
      file = openSync(path, 'a', 0o600);
      size = 0;
    }
    size += bytes;
    try {
      writeSync(file, line);
    } catch {
      // A full disk must not stop what the log only tells of.
    }
  };
  return pino({ level, base: null }, { write });
}

function putAside(path: string, keep: number): void {
  for (let number = keep; number >= 1; number -= 1) {
    try {
      renameSync(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`);
    } catch {
      // There are not that many yet.
    }
  }
}
