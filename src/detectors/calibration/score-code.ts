/** Exponents of single precision below this, numbers under a millionth, count as 0. */
const LEAST_EXPONENT = 107;
const MANTISSA_BITS = 10;
const DROPPED_BITS = 23 - MANTISSA_BITS;
const OFFSET = (LEAST_EXPONENT << MANTISSA_BITS) - 1;

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** A number that is never negative as a whole number below 65,536 in the same order: to one part in a thousand. */
export function codeOf(score: number): number {
  single[0] = score;
  return Math.max(0, Math.min(0xffff, ((bits[0] ?? 0) >>> DROPPED_BITS) - OFFSET));
}

export function scoreOf(code: number): number {
  if (code === 0) return 0;
  bits[0] = (code + OFFSET) << DROPPED_BITS;
  return single[0] ?? 0;
}
