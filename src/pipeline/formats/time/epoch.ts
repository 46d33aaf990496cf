/** Epoch ms of a number that counts seconds, ms, microseconds or nanoseconds since 1970, told apart by its size. */
export function epochTime(value: number): number | null {
  if (!(value > 1e8 && value < 1e20)) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}
