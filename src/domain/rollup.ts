/** One hour of one series, so that trends can be drawn without keeping its points. */
export interface Rollup {
  /** The series as people read it. */
  readonly series: string;
  /** Begin of the hour in event time, epoch ms. */
  readonly hour: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

export const HOUR_MS = 3_600_000;
