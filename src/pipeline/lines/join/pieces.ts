import type { Line } from './line.ts';

/** Puts the pieces of lines together that a carrier has cut (`CarriedLine.partial`). */
export interface Pieces {
  /** The whole line once its last piece has come; null before. */
  add(line: Line): Line | null;
  /** What has come of a line whose end has not; null for nothing. */
  take(): Line | null;
  /** The first piece that waits. */
  first(): Line | null;
  /** When the last one came, epoch ms. */
  since(): number | null;
}

/** Characters of one line; the rest is dropped. */
const LONGEST_LINE = 1024 * 1024;

export function pieces(): Pieces {
  let first: Line | null = null;
  let texts: string[] = [];
  let length = 0;
  let since: number | null = null;

  function take(): Line | null {
    if (first === null) return null;
    const { carried } = first;
    const whole = { ...first, text: texts.join(''), carried: carried && { ...carried, partial: false } };
    first = null;
    texts = [];
    length = 0;
    since = null;
    return whole;
  }

  return {
    add(line) {
      const isPartial = line.carried?.partial === true;
      if (first === null && !isPartial) return line;
      first ??= line;
      since = line.receivedAt;
      texts.push(line.text.slice(0, LONGEST_LINE - length));
      length = Math.min(LONGEST_LINE, length + line.text.length);
      return isPartial ? null : take();
    },
    take,
    first: () => first,
    since: () => since,
  };
}
