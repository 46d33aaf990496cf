/** Room in an array that is shared with others. */
export interface Room<Numbers> {
  readonly numbers: Numbers;
  /** Where it begins. */
  readonly at: number;
}

/** Elements of one shared array. */
const SLAB = 32_768;

/**
 * Cuts rooms out of large arrays: tens of thousands of small arrays cost more than what stands in them. A slab is freed
 * when the last holder of a room in it is gone.
 */
function slabs<Numbers>(create: (length: number) => Numbers): (length: number) => Room<Numbers> {
  let numbers: Numbers | null = null;
  let used = 0;
  return (length) => {
    if (numbers === null || used + length > SLAB) {
      numbers = create(Math.max(SLAB, length));
      used = 0;
    }
    const at = used;
    used += length;
    return { numbers, at };
  };
}

export const singles = slabs((length) => new Float32Array(length));
/** For places in up to 256 elements. */
export const bytes = slabs((length) => new Uint8Array(length));
export const shorts = slabs((length) => new Uint16Array(length));
