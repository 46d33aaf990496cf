/**
 * The `n`th number of a sequence in [0,1), the same for the same seed: the finaliser of splitmix32 over a counter, so that
 * nothing has to be remembered but how many were drawn.
 */
export function draw(seed: number, n: number): number {
  let mixed = (Math.imul(seed, 0x85ebca6b) + Math.imul(n + 1, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
}
