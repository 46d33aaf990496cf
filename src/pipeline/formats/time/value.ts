import { type Context, stamped } from '../context.ts';
import { epochTime } from './epoch.ts';
import { isoStamp } from './iso.ts';
import { stampAt } from './leading.ts';

/** Epoch ms of a field's value, number or text; null when it is no time. */
export function timeOf(value: unknown, context: Context): number | null {
  if (typeof value === 'number') return epochTime(value);
  if (typeof value !== 'string') return null;
  if (isoStamp(value, 0, context.stamp)) return stamped(context);
  return textTime(value, context);
}

const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

function textTime(value: string, context: Context): number | null {
  if (EPOCH.test(value)) return epochTime(Number(value));
  return stampAt(value, 0, context.stamp, context.receivedAt) ? stamped(context) : null;
}
