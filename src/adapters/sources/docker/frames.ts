import { VigilError } from '../../../domain/errors.ts';
import { stampAt } from './stamp.ts';

/** One message of a container's log as the engine keeps it: a line, or a piece of a long one. */
export interface Message {
  readonly lane: 'stdout' | 'stderr';
  /** With the stamp in front, without the line end. */
  readonly bytes: Buffer;
  /** The line goes on in the next message of its lane. */
  readonly partial: boolean;
}

export interface MessageCutter {
  /** The messages that `chunk` completes. @throws VigilError `bad_input` where the stream breaks the protocol. */
  push(chunk: Buffer): readonly Message[];
  /** What is left when nothing more will come: a last line without a line end. */
  flush(): readonly Message[];
  /** Messages that were cut at 1 MiB since the last call. */
  takeCut(): number;
}

const NEWLINE = 10;
const RETURN = 13;
const HEADER_BYTES = 8;
/** A longer message is cut here, and the rest of it skipped. */
const LONGEST = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Cuts the stream of a container without a terminal, whatever the chunks: frames of `[lane, 0, 0, 0, length as 32 bit big
 * endian]` and as many bytes. https://docs.docker.com/reference/api/engine/ (Attach, "Stream format").
 */
export function frameCutter(): MessageCutter {
  let rest: Buffer = NOTHING;
  let skip = 0;
  let cut = 0;

  return {
    push(chunk) {
      const skipped = Math.min(skip, chunk.length);
      skip -= skipped;
      const bytes = joined(rest, chunk.subarray(skipped));
      const messages: Message[] = [];
      let at = 0;
      while (bytes.length - at >= HEADER_BYTES) {
        const lane = laneOf(bytes, at);
        const size = bytes.readUInt32BE(at + 4);
        const kept = Math.min(size, LONGEST);
        const begin = at + HEADER_BYTES;
        if (bytes.length - begin < kept) break;
        messages.push(...messagesIn(bytes.subarray(begin, begin + kept), lane));
        if (size > kept) cut += 1;
        skip = Math.max(0, begin + size - bytes.length);
        at = Math.min(begin + size, bytes.length);
      }
      rest = bytes.subarray(at);
      return messages;
    },
    flush: () => [], // a frame that is cut off was never whole
    takeCut() {
      const taken = cut;
      cut = 0;
      return taken;
    },
  };
}

function joined(rest: Buffer, chunk: Buffer): Buffer {
  return rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
}

function laneOf(bytes: Buffer, at: number): Message['lane'] {
  const lane = bytes[at] ?? 0;
  if (lane > 2 || bytes.readUIntBE(at + 1, 3) !== 0) throw broken(bytes, at);
  return lane === 2 ? 'stderr' : 'stdout';
}

/** Lane 3 is the engine itself, in the middle of a log that it cannot read on. */
function broken(bytes: Buffer, at: number): VigilError {
  const said = bytes[at] === 3 ? bytes.toString('utf8', at + HEADER_BYTES, at + 500) : '';
  return new VigilError('bad_input', {
    what: 'the log of a container cannot be read on',
    why: said || 'the engine sends no frames',
  });
}

/** A frame without a line end is a piece of a line. */
function messagesIn(payload: Buffer, lane: Message['lane']): readonly Message[] {
  const messages: Message[] = [];
  let begin = 0;
  while (begin < payload.length) {
    const end = payload.indexOf(NEWLINE, begin);
    messages.push({ lane, bytes: lineAt(payload, begin, end), partial: end < 0 });
    if (end < 0) break;
    begin = end + 1;
  }
  return messages;
}

function lineAt(bytes: Buffer, begin: number, end: number): Buffer {
  if (end < 0) return bytes.subarray(begin);
  return bytes.subarray(begin, end > begin && bytes[end - 1] === RETURN ? end - 1 : end);
}

/**
 * Cuts the stream of a container with a terminal: bare lines. The pieces of a long line stand in one line, each with its
 * stamp in front.
 */
export function rawCutter(): MessageCutter {
  let rest: Buffer[] = [];
  let size = 0;
  let cut = 0;

  const add = (bytes: Buffer) => {
    const kept = bytes.subarray(0, Math.max(0, LONGEST - size));
    if (kept.length > 0) rest.push(kept);
    size += bytes.length;
  };
  const take = (): readonly Message[] => {
    const line = Buffer.concat(rest);
    if (size > LONGEST) cut += 1;
    rest = [];
    size = 0;
    return piecesOf(lineAt(line, 0, line.length));
  };
  return {
    push(chunk) {
      const messages: Message[] = [];
      let begin = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
        add(chunk.subarray(begin, end));
        messages.push(...take());
        begin = end + 1;
      }
      add(chunk.subarray(begin));
      return messages;
    },
    flush: () => (size === 0 ? [] : take()),
    takeCut() {
      const taken = cut;
      cut = 0;
      return taken;
    },
  };
}

/** Engines cut lines here. */
const PIECE_BYTES = 16 * 1024;

function piecesOf(line: Buffer): readonly Message[] {
  const messages: Message[] = [];
  let begin = 0;
  for (;;) {
    const end = stampEnd(line, begin) + PIECE_BYTES;
    const more = stampEnd(line, end) > end;
    messages.push({ lane: 'stdout', bytes: line.subarray(begin, more ? end : line.length), partial: more });
    if (!more) return messages;
    begin = end;
  }
}

/** The byte after the stamp and its space that begin at `at`; `at` itself when there is none. */
function stampEnd(line: Buffer, at: number): number {
  const stamp = stampAt(line, at);
  return stamp === null ? at : stamp.end;
}
