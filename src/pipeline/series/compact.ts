/** How a number is written: nothing for 0, else in as few bytes as give it back exactly. */
const ZERO = 0;
const SHORT = 1;
const SINGLE = 2;
const DOUBLE = 3;
const BYTES = [0, 2, 4, 8] as const;

/**
 * Bytes of numbers, without loss: their number (32 bits), two bits a number that say how it is written, then the numbers,
 * little-endian. What detectors remember is mostly zeros, small counts and single-precision scores.
 */
export function packCompact(numbers: Float64Array): Uint8Array {
  const tagBytes = Math.ceil(numbers.length / 4);
  let size = 4 + tagBytes;
  for (let i = 0; i < numbers.length; i += 1) size += BYTES[tagOf(numbers[i] ?? 0)];
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, numbers.length, true);
  let at = 4 + tagBytes;
  for (let i = 0; i < numbers.length; i += 1) {
    const value = numbers[i] ?? 0;
    const tag = tagOf(value);
    if (tag === ZERO) continue;
    bytes[4 + (i >> 2)] = (bytes[4 + (i >> 2)] ?? 0) | (tag << ((i & 3) * 2));
    if (tag === SHORT) view.setUint16(at, value, true);
    else if (tag === SINGLE) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
    at += BYTES[tag];
  }
  return bytes;
}

/** What `packCompact` made. */
export function unpackCompact(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(view.getUint32(0, true));
  let at = 4 + Math.ceil(numbers.length / 4);
  for (let i = 0; i < numbers.length; i += 1) {
    const tag = ((bytes[4 + (i >> 2)] ?? 0) >> ((i & 3) * 2)) & 3;
    if (tag === ZERO) continue;
    if (tag === SHORT) numbers[i] = view.getUint16(at, true);
    else numbers[i] = tag === SINGLE ? view.getFloat32(at, true) : view.getFloat64(at, true);
    at += BYTES[tag] ?? 0;
  }
  return numbers;
}

function tagOf(value: number): 0 | 1 | 2 | 3 {
  if (Object.is(value, 0)) return ZERO;
  if ((value & 0xffff) === value && value !== 0) return SHORT;
  return Object.is(Math.fround(value), value) ? SINGLE : DOUBLE;
}
