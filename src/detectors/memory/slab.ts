/** Elements of one shared array. */
const SLAB = 32_768;

interface Shared<View> {
  readonly length: number;
  subarray(from: number, to: number): View;
}

/**
 * Cuts views out of large arrays: tens of thousands of small arrays cost more than what stands in them. All numbers of a
 * view are 0 at first. A slab is freed when the last holder of a view of it is gone.
 */
function slabs<View>(create: (length: number) => Shared<View>): (length: number) => View {
  let slab = create(0);
  let used = 0;
  return (length) => {
    if (used + length > slab.length) {
      slab = create(Math.max(SLAB, length));
      used = 0;
    }
    used += length;
    return slab.subarray(used - length, used);
  };
}

export const doubles = slabs((length) => new Float64Array(length));
export const singles = slabs((length) => new Float32Array(length));
export const shorts = slabs((length) => new Uint16Array(length));
