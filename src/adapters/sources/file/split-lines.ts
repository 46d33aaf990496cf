import { isAscii } from 'node:buffer';

/** A longer line is cut here; the rest of it is read and dropped. */
const LINE_LIMIT = 1024 * 1024;

const NEWLINE = 10;
const RETURN = 13;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Complete lines and the byte at which each begins. */
export interface Lines {
  readonly lines: string[];
  readonly offsets: number[];
}

/** Lines of at most this many are handed on at once, so that whoever takes them can do other things in between. */
const LINES_AT_ONCE = 4096;

/** A few lines, and the byte after them. */
export interface Portion extends Lines {
  readonly end: number;
}

/** Cuts what was found into portions; `end` is the byte after all of it. */
export function portions({ lines, offsets }: Lines, end: number): Portion[] {
  const out: Portion[] = [];
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const to = from + LINES_AT_ONCE;
    out.push({ lines: lines.slice(from, to), offsets: offsets.slice(from, to), end: offsets[to] ?? end });
  }
  return out;
}

/** Cuts bytes into lines, whatever the chunks. Line ends (`\n`, `\r\n`) are taken off, invalid UTF-8 becomes U+FFFD. */
export interface LineSplitter {
  /** The lines that `chunk` completes. */
  push(chunk: Buffer): Lines;
  /** The last line, which has no line end; nothing when there is none. */
  flush(): Lines;
  /** Byte after the last completed line: where to read again. */
  offset(): number;
}

/** Begins at byte `start`. A UTF-8 byte order mark at byte 0 is taken off. */
export function lineSplitter(start: number): LineSplitter {
  let done = start;
  const held = heldLine();

  const takeHeld = (out: Lines, lineEnd: number): void => {
    const { bytes, size } = held.take();
    out.lines.push(textOf(bytes, done, size));
    out.offsets.push(done);
    done += size + lineEnd;
  };

  return {
    push(chunk) {
      const out: Lines = { lines: [], offsets: [] };
      let rest = chunk;
      if (held.size() > 0) {
        const end = chunk.indexOf(NEWLINE);
        held.add(end < 0 ? chunk : chunk.subarray(0, end));
        if (end < 0) return out;
        takeHeld(out, 1);
        rest = chunk.subarray(end + 1);
      }
      const last = rest.lastIndexOf(NEWLINE);
      if (last >= 0) {
        cut(rest.subarray(0, last + 1), done, out);
        done += last + 1;
      }
      held.add(rest.subarray(last + 1));
      return out;
    },
    flush() {
      const out: Lines = { lines: [], offsets: [] };
      if (held.size() > 0) takeHeld(out, 0);
      return out;
    },
    offset: () => done,
  };
}

/** The bytes of a line whose end has not come yet: all are counted, at most `LINE_LIMIT` are kept. */
function heldLine() {
  let parts: Buffer[] = [];
  let size = 0;
  let kept = 0;
  return {
    size: () => size,
    add(bytes: Buffer): void {
      if (bytes.length === 0) return;
      size += bytes.length;
      const part = bytes.subarray(0, LINE_LIMIT - kept);
      if (part.length > 0) parts.push(Buffer.from(part)); // a copy: the caller reuses its chunk
      kept += part.length;
    },
    take(): { readonly bytes: Buffer; readonly size: number } {
      const line = { bytes: Buffer.concat(parts), size };
      parts = [];
      size = 0;
      kept = 0;
      return line;
    },
  };
}

/**
 * Whole lines in `bytes`, which ends with a newline. Each line is decoded by itself: measured faster than slices of one
 * long text, and a kept line does not keep its whole chunk alive.
 */
function cut(bytes: Buffer, start: number, out: Lines): void {
  const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  let begin = 0;
  while (begin < bytes.length) {
    const end = bytes.indexOf(NEWLINE, begin);
    const from = begin + (start + begin === 0 ? bomLength(bytes) : 0);
    out.lines.push(bytes.toString(encoding, from, stopOf(bytes, begin, end)));
    out.offsets.push(start + begin);
    begin = end + 1;
  }
}

/** `size` is that of the whole line, `kept` what there is of it. */
function textOf(kept: Buffer, offset: number, size: number): string {
  return kept.toString('utf8', offset === 0 ? bomLength(kept) : 0, stopOf(kept, 0, size));
}

/** Where the text of the line that ends before `end` stops: at the limit, or before its carriage return. */
function stopOf(bytes: Buffer, begin: number, end: number): number {
  if (end - begin > LINE_LIMIT) return begin + LINE_LIMIT;
  return end > begin && bytes[end - 1] === RETURN ? end - 1 : end;
}

function bomLength(bytes: Buffer): number {
  return bytes.subarray(0, 3).equals(BOM) ? BOM.length : 0;
}
