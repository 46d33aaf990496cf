/** Parts that are each preceded by their length (`Numbers.open` and `close`), as views into `packed`. */
export function split(packed: Float64Array): readonly Float64Array[] {
  const parts: Float64Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const length = packed[at] ?? 0;
    parts.push(packed.subarray(at + 1, at + 1 + length));
    at += length + 1;
  }
  return parts;
}
