/** How the bytes of a file are text. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** As the byte order mark at the beginning says. FF FE 00 00 is UTF-32, which is not read: with its NULs it is binary. */
export function encodingOf(beginning: Buffer): Encoding {
  const [a, b, c, d] = beginning;
  if (a === 0xfe && b === 0xff) return 'utf16be';
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return 'utf16le';
  return 'utf8';
}

/** One byte that may be half of a byte order mark: what the file is cannot be said yet. */
export function isHalfMark(beginning: Buffer): boolean {
  return beginning.length === 1 && (beginning[0] === 0xfe || beginning[0] === 0xff);
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Length of the byte order mark with which these first bytes of a file begin. */
export function markLength(beginning: Buffer, encoding: Encoding): number {
  if (encoding !== 'utf8') return encodingOf(beginning) === encoding ? 2 : 0;
  return beginning.subarray(0, 3).equals(BOM) ? BOM.length : 0;
}

/** The text of these bytes; what is no text becomes U+FFFD. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf8') return bytes.toString('utf8');
  const units = bytes.length & ~1;
  const even = encoding === 'utf16be' ? Buffer.from(bytes.subarray(0, units)).swap16() : bytes;
  const text = even.toString('utf16le').toWellFormed();
  return units < bytes.length ? `${text}\uFFFD` : text;
}

/** Where lines end in bytes of one encoding that begin with a whole character. */
export interface LineEnds {
  /** Bytes of one line end, and of a carriage return. */
  readonly width: 1 | 2;
  /** The first line end at or after `from`, which is where a character begins; -1 for none. */
  next(bytes: Buffer, from: number): number;
  /** The last one; -1 for none. */
  last(bytes: Buffer): number;
  /** Is there a carriage return before `end`? */
  isReturn(bytes: Buffer, end: number): boolean;
}

const NEWLINE = 10;
const RETURN = 13;

export function lineEndsOf(encoding: Encoding): LineEnds {
  if (encoding === 'utf8') {
    return {
      width: 1,
      next: (bytes, from) => bytes.indexOf(NEWLINE, from),
      last: (bytes) => bytes.lastIndexOf(NEWLINE),
      isReturn: (bytes, end) => bytes[end - 1] === RETURN,
    };
  }
  const unit = (code: number) => Buffer.from(encoding === 'utf16le' ? [code, 0] : [0, code]);
  const newline = unit(NEWLINE);
  const carriageReturn = unit(RETURN);
  return {
    width: 2,
    next(bytes, from) {
      let at = bytes.indexOf(newline, from);
      while (at >= 0 && at % 2 !== 0) at = bytes.indexOf(newline, at + 1); // halves of two characters
      return at;
    },
    last(bytes) {
      let at = bytes.lastIndexOf(newline);
      while (at > 0 && at % 2 !== 0) at = bytes.lastIndexOf(newline, at - 1);
      return at;
    },
    isReturn: (bytes, end) => end >= 2 && bytes.subarray(end - 2, end).equals(carriageReturn),
  };
}

/** Is there a line end at the end of these bytes? */
export function endsLine(bytes: Buffer, encoding: Encoding): boolean {
  const { width, last } = lineEndsOf(encoding);
  return bytes.length >= width && last(bytes.subarray(-width)) === 0;
}
