const DAY_MS = 86_400_000;

/** What comes so many times a day as the probability of one of the points that come every `gapMs`, (0,1]. */
export function probabilityOf(timesADay: number, gapMs: number): number {
  return Math.min(1, (timesADay * Math.max(1, gapMs)) / DAY_MS);
}
