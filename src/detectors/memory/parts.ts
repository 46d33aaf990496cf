import type { Numbers } from './numbers.ts';

/** What can be written as numbers. */
interface Written {
  write(to: Numbers): void;
}

/** And be given them back. */
export interface Kept extends Written {
  restore(state: Float64Array): void;
}

/** Each preceded by its length. */
export function writeParts(parts: readonly Written[], to: Numbers): void {
  for (const one of parts) {
    const part = to.open();
    one.write(to);
    to.close(part);
  }
}

/** What `writeParts` wrote of as many parts. */
export function restoreParts(parts: readonly Kept[], state: Float64Array): void {
  const states = split(state);
  for (const [i, one] of parts.entries()) one.restore(states[i] ?? new Float64Array());
}

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
