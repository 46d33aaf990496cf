import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../../../ports/house.ts';
import { endMarkerOf, SEGMENT_BYTES, segmentPath } from './segments.ts';
import { unwritable } from './unwritable.ts';

const NEWLINE = 10;

/**
 * A new journal of a command's output or of stdin, below `parent` (0600 in 0700). The writer's process id stands in its
 * name, so that a journal whose writer died counts as ended.
 * @throws VigilError `disk_full`, `state_read_only`; so does `write`.
 */
export function openJournal(parent: string, source: string, now: number): Journal {
  const folder = join(parent, `${source}.${process.pid}.${now}`);
  let segment = create(folder, 0);
  let written = 0;
  let base = 0;
  let wholeLines = true;

  function write(bytes: Buffer): void {
    if (wholeLines && written - base >= SEGMENT_BYTES) {
      closeSync(segment);
      segment = create(folder, written);
      base = written;
    }
    for (let done = 0; done < bytes.length; ) {
      const more = writeSync(segment, bytes, done);
      done += more;
      written += more;
    }
    wholeLines = bytes[bytes.length - 1] === NEWLINE;
  }

  return {
    path: folder,
    write(text) {
      if (text === '') return;
      try {
        write(Buffer.from(text));
      } catch (cause) {
        throw unwritable(folder, cause);
      }
    },
    async close() {
      fsyncSync(segment);
      closeSync(segment);
      await writeFile(endMarkerOf(folder), '', { mode: 0o600 });
    },
  };
}

function create(folder: string, base: number): number {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSync(segmentPath(folder, base), 'wx', 0o600);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}
