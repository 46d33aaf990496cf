/** A longer message is cut here; the rest of it is read and skipped. */
export const MESSAGE_LIMIT = 64 * 1024;

const NEWLINE = 10;
const BLANK = 32;
/** `MSG-LEN SP`, and with the first byte of a message behind it, by which a connection tells its framing. */
const COUNT = /^[1-9]\d{0,9} $/;
const COUNTED = /^[1-9]\d{0,9} </;
const MAYBE_COUNT = /^(?:[1-9]\d{0,9} ?)?$/;
const LONGEST_COUNT = 11;

/** What a chunk completes. */
export interface Frames {
  readonly messages: readonly string[];
  /** Messages that were cut. */
  readonly cut: number;
  /** What came cannot be a frame: nothing behind it can be understood. */
  readonly broken: boolean;
}

/** Cuts one TCP connection into messages, whatever the chunks. */
export interface Framer {
  push(chunk: Buffer): Frames;
  /** The connection ended: a message that lacks its end is one all the same. */
  end(): Frames;
}

/** Reads on at `at`; answers where to go on, or the same place when more bytes are needed. */
type Framing = (bytes: Buffer, at: number) => number;

/**
 * RFC 6587: frames are counted (`5 <1>ab`) or end with a newline. Which it is, the first frame of the connection tells; what
 * is held of one is bounded, whatever a count says and however late a newline comes.
 */
export function framer(): Framer {
  const message = heldMessage();
  let framing: Framing | null = null;
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      framing ??= framingOf(bytes, message);
      let at = 0;
      for (let next = -1; framing !== null && at < bytes.length && next !== at; ) {
        next = at;
        at = framing(bytes, at);
      }
      rest = Buffer.from(bytes.subarray(at));
      return message.frames();
    },
    end() {
      if (framing === null) message.add(rest);
      message.complete();
      return message.frames();
    },
  };
}

/** Null while it cannot be told yet: there are a few digits at most. */
function framingOf(bytes: Buffer, message: HeldMessage): Framing | null {
  const start = bytes.toString('latin1', 0, LONGEST_COUNT + 1);
  if (COUNTED.test(start)) return countedFrames(message);
  return MAYBE_COUNT.test(start) ? null : lines(message);
}

function lines(message: HeldMessage): Framing {
  return (bytes, at) => {
    const end = bytes.indexOf(NEWLINE, at);
    message.add(bytes.subarray(at, end < 0 ? bytes.length : end));
    if (end < 0) return bytes.length;
    message.complete();
    return end + 1;
  };
}

function countedFrames(message: HeldMessage): Framing {
  let left = 0;
  let broken = false;
  return (bytes, at) => {
    if (broken) return bytes.length;
    if (left > 0) {
      const part = bytes.subarray(at, at + left);
      message.add(part);
      left -= part.length;
      if (left === 0) message.complete();
      return at + part.length;
    }
    if (bytes[at] === NEWLINE) return at + 1; // some write one behind each frame
    const start = bytes.subarray(at, at + LONGEST_COUNT);
    const count = start.toString('latin1', 0, start.indexOf(BLANK) + 1);
    if (COUNT.test(count)) {
      left = Number(count);
      return at + count.length;
    }
    if (start.length < LONGEST_COUNT && MAYBE_COUNT.test(start.toString('latin1'))) return at;
    broken = true;
    message.breakOff();
    return bytes.length;
  };
}

type HeldMessage = ReturnType<typeof heldMessage>;

/** The bytes of a message whose end has not come yet, at most `MESSAGE_LIMIT` of them, and the messages before it. */
function heldMessage() {
  let bytes: Buffer | null = null;
  let kept = 0;
  let isCut = false;
  let frames = { messages: [] as string[], cut: 0, broken: false };
  return {
    add(part: Buffer): void {
      bytes ??= Buffer.allocUnsafe(MESSAGE_LIMIT);
      const copied = part.copy(bytes, kept);
      kept += copied;
      isCut ||= copied < part.length;
    },
    complete(): void {
      if (kept > 0 && bytes !== null) frames.messages.push(bytes.toString('utf8', 0, kept));
      if (isCut) frames.cut += 1;
      kept = 0;
      isCut = false;
    },
    breakOff(): void {
      frames.broken = true;
    },
    /** What there is since it was last asked. */
    frames(): Frames {
      const taken = frames;
      frames = { messages: [], cut: 0, broken: false };
      return taken;
    },
  };
}
