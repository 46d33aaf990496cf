import { isAscii } from 'node:buffer';

/** A longer line is cut here; the rest of it is read and dropped. */
export const LINE_LIMIT = 1024 * 1024;

const NEWLINE = 10;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Complete lines and the byte at which each begins. */
export interface Lines {
  readonly lines: string[];
  readonly offsets: number[];
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
    out.lines.push(textOf(bytes, done));
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

/** Whole lines in `bytes`, which ends with a newline. ASCII is decoded once for all lines. */
function cut(bytes: Buffer, start: number, out: Lines): void {
  if (isAscii(bytes)) {
    cutAscii(bytes.toString('latin1'), start, out);
    return;
  }
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(NEWLINE, from);
    out.lines.push(textOf(bytes.subarray(from, Math.min(end, from + LINE_LIMIT)), start + from));
    out.offsets.push(start + from);
    from = end + 1;
  }
}

function cutAscii(text: string, start: number, out: Lines): void {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const stop = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    out.lines.push(text.slice(from, Math.min(stop, from + LINE_LIMIT)));
    out.offsets.push(start + from);
    from = end + 1;
  }
}

function textOf(line: Buffer, offset: number): string {
  const bytes = offset === 0 && line.subarray(0, 3).equals(BOM) ? line.subarray(3) : line;
  return bytes.at(-1) === 13 ? bytes.toString('utf8', 0, bytes.length - 1) : bytes.toString('utf8');
}
