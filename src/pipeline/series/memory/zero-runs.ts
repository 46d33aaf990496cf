const LONGEST = 255;

/** Bytes that are mostly zeros: each run of them becomes one zero and its length, 1..255; other bytes stay as they are. */
export function packZeroRuns(bytes: Uint8Array): Uint8Array {
  // At worst each second byte is a run of one.
  const packed = new Uint8Array(bytes.length + Math.ceil(bytes.length / 2));
  let to = 0;
  for (let at = 0; at < bytes.length; to += 1) {
    const byte = bytes[at] ?? 0;
    packed[to] = byte;
    at += 1;
    if (byte !== 0) continue;
    const begin = at - 1;
    while (at < bytes.length && bytes[at] === 0 && at - begin < LONGEST) at += 1;
    to += 1;
    packed[to] = at - begin;
  }
  return packed.subarray(0, to);
}

/** The `length` bytes whose packed form begins at `from`, and where it ends. */
export function unpackZeroRuns(
  packed: Uint8Array,
  from: number,
  length: number,
): { readonly bytes: Uint8Array; readonly end: number } {
  const bytes = new Uint8Array(length);
  let end = from;
  for (let at = 0; at < length; end += 1) {
    const byte = packed[end] ?? 0;
    if (byte === 0) {
      end += 1;
      at += Math.max(1, packed[end] ?? 0);
    } else {
      bytes[at] = byte;
      at += 1;
    }
  }
  return { bytes, end };
}
