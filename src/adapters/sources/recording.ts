import type { Readable } from 'node:stream';
import type { Batch } from '../../ports/source.ts';
import { bytesToEnd, linesOf } from './file/bytes/read-to-end.ts';
import { looksLikeDump, readDump } from './otlp/dump.ts';

/** As `readToEnd` of files, but the events where the file is a dump of OTLP/JSON. @throws VigilError `bad_input`. */
export async function* readRecording(path: string, stdin: Readable): AsyncGenerator<Batch> {
  const chunks = bytesToEnd(path, stdin);
  const { value: first, done } = await chunks.next();
  const all = done === true ? chunks : withFirst(first, chunks);
  yield* done !== true && looksLikeDump(first) ? readDump(path, all) : linesOf(path, all);
}

async function* withFirst(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
