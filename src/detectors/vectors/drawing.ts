/** Uniform numbers in [0,1). */
export type Random = () => number;

/**
 * The numbers of one draw, the same for the same seeds (splitmix32): who counts its draws has no other state of chance to
 * keep.
 */
export function drawing(...seeds: readonly number[]): Random {
  let state = 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  for (const seed of seeds) state = next() ^ seed;
  return () => next() / 4_294_967_296;
}
