import { packZeroRuns, unpackZeroRuns } from './zero-runs.ts';

/** How a number is written: nothing for 0, else in as few bytes as give it back exactly. */
const ZERO = 0;
const SHORT = 1;
const SINGLE = 2;
const DOUBLE = 3;
const BYTES = [0, 2, 4, 8] as const;

/**
 * Bytes of numbers, without loss: their number (32 bits), two bits a number that say how it is written, with runs of zeros
 * as one, then the numbers, little-endian. What detectors remember is mostly zeros, small counts and single-precision scores.
 */
export function packCompact(numbers: Float64Array): Uint8Array {
  const tags = new Uint8Array(Math.ceil(numbers.length / 4));
  let size = 4;
  for (let i = 0; i < numbers.length; i += 1) {
    const tag = tagOf(numbers[i] ?? 0);
    tags[i >> 2] = (tags[i >> 2] ?? 0) | (tag << ((i & 3) * 2));
    size += BYTES[tag];
  }
  const packedTags = packZeroRuns(tags);
  const bytes = new Uint8Array(size + packedTags.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, numbers.length, true);
  bytes.set(packedTags, 4);
  let at = 4 + packedTags.length;
  for (let i = 0; i < numbers.length; i += 1) {
    const tag = tagAt(tags, i);
    if (tag === SHORT) view.setUint16(at, numbers[i] ?? 0, true);
    else if (tag === SINGLE) view.setFloat32(at, numbers[i] ?? 0, true);
    else if (tag === DOUBLE) view.setFloat64(at, numbers[i] ?? 0, true);
    at += BYTES[tag] ?? 0;
  }
  return bytes;
}

/** What `packCompact` made. */
export function unpackCompact(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(view.getUint32(0, true));
  const { bytes: tags, end } = unpackZeroRuns(bytes, 4, Math.ceil(numbers.length / 4));
  let at = end;
  for (let i = 0; i < numbers.length; i += 1) {
    const tag = tagAt(tags, i);
    if (tag === SHORT) numbers[i] = view.getUint16(at, true);
    else if (tag === SINGLE) numbers[i] = view.getFloat32(at, true);
    else if (tag === DOUBLE) numbers[i] = view.getFloat64(at, true);
    at += BYTES[tag] ?? 0;
  }
  return numbers;
}

function tagAt(tags: Uint8Array, i: number): number {
  return ((tags[i >> 2] ?? 0) >> ((i & 3) * 2)) & 3;
}

function tagOf(value: number): 0 | 1 | 2 | 3 {
  if (Object.is(value, 0)) return ZERO;
  if ((value & 0xffff) === value && value !== 0) return SHORT;
  return Object.is(Math.fround(value), value) ? SINGLE : DOUBLE;
}
