/** Cuts output into its lines, whatever the chunks. */
export interface LineCutter {
  /** The lines that `chunk` completes, without their ends. */
  push(chunk: Buffer): readonly Buffer[];
  /** Lines left out since the last call, for being longer than 16 MiB. */
  takeSkipped(): number;
}

const NEWLINE = 10;
/** An entry of 1 MiB that is no UTF-8 takes four times as much, as numbers. */
const LONGEST = 16 * 1024 * 1024;

export function lineCutter(): LineCutter {
  let parts: Buffer[] = [];
  let size = 0;
  let skipped = 0;
  const add = (bytes: Buffer) => {
    size += bytes.length;
    if (size <= LONGEST) parts.push(bytes);
    else parts = [];
  };
  const take = (): readonly Buffer[] => {
    const lines = size > LONGEST ? [] : [Buffer.concat(parts)];
    skipped += 1 - lines.length;
    parts = [];
    size = 0;
    return lines;
  };
  return {
    push(chunk) {
      const lines: Buffer[] = [];
      let begin = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
        add(chunk.subarray(begin, end));
        lines.push(...take());
        begin = end + 1;
      }
      add(chunk.subarray(begin));
      return lines;
    },
    takeSkipped() {
      const taken = skipped;
      skipped = 0;
      return taken;
    },
  };
}
