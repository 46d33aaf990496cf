import type { Tally } from './tally.ts';

/** How often people would have been told. */
export interface Expected {
  /** Episodes that opened. */
  readonly alerts: number;
  /** Recorded, of all sources together. */
  readonly days: number;
  /** Alerts a day and source; null when too little was recorded to say. */
  readonly perDay: number | null;
}

const DAY_MS = 86_400_000;

/** Of one recording, or of several: each is a source of its own. */
export function expectedOf(recordings: readonly Pick<Tally, 'alerts' | 'spanMs'>[]): Expected {
  const alerts = recordings.reduce((sum, one) => sum + one.alerts, 0);
  const days = recordings.reduce((sum, one) => sum + one.spanMs, 0) / DAY_MS;
  return { alerts, days, perDay: days < 1 ? null : alerts / days };
}
