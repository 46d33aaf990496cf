/** The last `maxBytes` of a stream of chunks, in bounded memory. */
export interface Tail {
  push(chunk: Buffer): void;
  /** UTF-8; a character that the cut has split is dropped. */
  text(): string;
}

export function createTail(maxBytes: number): Tail {
  let chunks: Buffer[] = [];
  let held = 0;
  let cut = false;

  function shrink(): Buffer {
    const all = Buffer.concat(chunks);
    cut = cut || all.length > maxBytes;
    const kept = all.length > maxBytes ? all.subarray(all.length - maxBytes) : all;
    chunks = [kept];
    held = kept.length;
    return kept;
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      held += chunk.length;
      if (held > maxBytes * 2 + 65_536) shrink();
    },
    text() {
      const kept = shrink();
      let start = 0;
      while (cut && start < 4 && ((kept[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return kept.toString('utf8', start);
    },
  };
}
