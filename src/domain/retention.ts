const DAY_MS = 86_400_000;

/** Nothing that is stored may be deleted earlier, whatever is configured (Property 30). */
const SHORTEST_DAYS = 90;

export interface RetentionRules {
  /** At least 90. */
  readonly days: number;
  /** What the database may grow to, bytes; null for no bound. */
  readonly maxBytes: number | null;
  /** `all` keeps every event; else anomalies with the records around them, hours of series and template counts. */
  readonly store: 'default' | 'all';
}

/** What is older than this may go, epoch ms. */
export function oldestKept({ days }: RetentionRules, now: number): number {
  return now - Math.max(days, SHORTEST_DAYS) * DAY_MS;
}

/** From this share of the bound on a person is warned. */
const WARN_AT = 0.9;
/** How long a warning stands before anything is deleted early. */
export const GRACE_MS = DAY_MS;

export type Pressure =
  | { readonly state: 'none' }
  /** Near the bound or over it; nothing is deleted early yet. */
  | { readonly state: 'warned'; readonly since: number }
  /** The warning has stood for a day: the oldest stored events go until there is room. */
  | { readonly state: 'due'; readonly since: number };

/** Younger events are deleted only when the database is over its bound and a warning has stood for a day. */
export function pressureOf(
  rules: RetentionRules,
  size: number,
  { warnedAt, now }: { readonly warnedAt: number | null; readonly now: number },
): Pressure {
  if (rules.maxBytes === null || size < rules.maxBytes * WARN_AT) return { state: 'none' };
  const since = warnedAt ?? now;
  const due = size > rules.maxBytes && now - since >= GRACE_MS;
  return { state: due ? 'due' : 'warned', since };
}

/** For `status` and the log; null when all is well. */
export function warningOf(pressure: Pressure, rules: RetentionRules, size: number): string | null {
  if (pressure.state === 'none') return null;
  const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  const at = new Date(pressure.since + GRACE_MS).toISOString().slice(0, 16).replace('T', ' ');
  const then =
    rules.store === 'all'
      ? `stored events younger than ${Math.max(rules.days, SHORTEST_DAYS)} days may be deleted from ${at} UTC on`
      : 'nothing younger is deleted, since only events around anomalies are stored';
  return `the database takes ${mib(size)} of ${mib(rules.maxBytes ?? 0)} (retention.maxMegabytes): ${then}`;
}
