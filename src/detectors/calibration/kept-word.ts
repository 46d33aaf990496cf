/** What is promised so seldom a day is counted when it comes, */
const PROMISED = 0.5;
/** as if the word had been kept so often already. */
const CREDIT = 2;
/** Points without one that end a broken promise: what stays strange is one, not many. */
const CALM = 12;
const DAY_MS = 86_400_000;

/**
 * How often came what was promised to be rare. Its cells: broken promises, and the points since the last one, -1 for none
 * going on.
 */
export const WORD = [0, -1] as const;
const BROKEN = 0;
const SINCE = 1;

/** A point came that was promised to come so many times a day. */
export function keepWord(cells: Float64Array, at: number, timesADay: number): void {
  const since = cells[at + SINCE] ?? 0;
  if (timesADay < PROMISED) {
    if (since < 0) cells[at + BROKEN] = (cells[at + BROKEN] ?? 0) + 1;
    cells[at + SINCE] = 0;
  } else if (since >= 0) cells[at + SINCE] = since >= CALM ? -1 : since + 1;
}

/** At least 1: how much oftener than promised, squared, since a tail that is wrong once is wrong further out as well. */
export function correctionOf(cells: Float64Array, at: number, elapsed: number): number {
  const broken = cells[at + BROKEN] ?? 0;
  if (broken === 0) return 1;
  const excess = (broken + CREDIT) / ((PROMISED * elapsed) / DAY_MS + CREDIT);
  return excess <= 1 ? 1 : excess * excess;
}
