/** The bytes of a line whose end has not come yet. */
export interface HeldLine {
  size(): number;
  /** The bytes are copied: the caller uses its chunk again. */
  add(bytes: Buffer): void;
  /** All of it, and how long it would be without the limit. Nothing is held afterwards. */
  take(): { readonly bytes: Buffer; readonly size: number };
}

/** All bytes are counted, at most `limit` of them are kept. */
export function heldLine(limit: number): HeldLine {
  let parts: Buffer[] = [];
  let size = 0;
  let kept = 0;
  return {
    size: () => size,
    add(bytes) {
      if (bytes.length === 0) return;
      size += bytes.length;
      const part = bytes.subarray(0, limit - kept);
      if (part.length > 0) parts.push(Buffer.from(part));
      kept += part.length;
    },
    take() {
      const line = { bytes: Buffer.concat(parts), size };
      parts = [];
      size = 0;
      kept = 0;
      return line;
    },
  };
}
