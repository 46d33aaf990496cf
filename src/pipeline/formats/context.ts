import { emptyStamp, type Stamp } from './time/stamp.ts';
import type { Zone } from './time/zone.ts';

/** Which format a line was read in, as people are told. */
export type FormatName =
  | 'own pattern'
  | 'json'
  | 'logfmt'
  | 'access log'
  | 'syslog'
  | 'klog'
  | 'ruby logger'
  | 'rails'
  | 'text with level'
  | 'plain text';

/** What the formats share while one line is read. */
export interface Context {
  readonly zone: Zone;
  /** Filled anew for each timestamp. */
  readonly stamp: Stamp;
  /** When the line was read, epoch ms. */
  receivedAt: number;
  format: FormatName;
  /** The last civil time of the line that names no zone, as if it were UTC; NaN for none. */
  civil: number;
}

export function contextOf(zone: Zone): Context {
  return { zone, stamp: emptyStamp(), receivedAt: Number.NaN, format: 'plain text', civil: Number.NaN };
}

/** Epoch ms of the timestamp that was read last. */
export function stamped(context: Context): number {
  const { zone, stamp, receivedAt } = context;
  if (stamp.zoned) return stamp.time;
  context.civil = stamp.time;
  return zone.toUtc(stamp.time, receivedAt);
}
