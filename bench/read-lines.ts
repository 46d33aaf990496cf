import { createReadStream } from 'node:fs';
import type { Batch } from '../src/ports/source.ts';

/** Lines of a file in batches of one read each; for measurements and experiments, where no adapter is wanted. */
export async function* readLines(path: string): AsyncGenerator<Batch> {
  let rest = '';
  let offset = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    const offsets = lines.map((line) => {
      const at = offset;
      offset += Buffer.byteLength(line) + 1;
      return at;
    });
    yield batchOf(path, lines, offsets, offset);
  }
  if (rest !== '') yield batchOf(path, [rest], [offset], offset + Buffer.byteLength(rest));
}

function batchOf(path: string, lines: readonly string[], offsets: readonly number[], end: number): Batch {
  const cursor = { stream: path, offset: end, mark: path };
  return { stream: path, mark: path, lines, offsets, cursor, receivedAt: Date.UTC(2020, 0), ended: false };
}
