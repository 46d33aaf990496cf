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
}

export function contextOf(zone: Zone): Context {
  return { zone, stamp: emptyStamp(), receivedAt: Number.NaN, format: 'plain text' };
}

/** Epoch ms of the timestamp that was read last. */
export function stamped({ zone, stamp, receivedAt }: Context): number {
  return stamp.zoned ? stamp.time : zone.toUtc(stamp.time, receivedAt);
}
