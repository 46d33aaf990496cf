import { isDigit } from '../characters.ts';
import { type Context, stamped } from '../context.ts';
import { levelOf } from '../level.ts';
import type { LineRecord } from '../record.ts';
import { latestCivil, timeOfDay } from '../time/civil.ts';
import { fill } from '../time/stamp.ts';

const KLOG =
  /([IWEF])(\d\d)(\d\d) (\d\d):(\d\d):(\d\d\.\d{1,9}) {1,8}(\d{1,10}) ([^\s\]:]{1,200}:\d{1,6})\] ?/y;

/** Kubernetes' klog and glog: `E0701 09:00:55.123456       1 file.go:12] message`. Null when the line is not that. */
export function parseKlog(line: string, context: Context): LineRecord | null {
  if (!isDigit(line.charCodeAt(1))) return null;
  KLOG.lastIndex = 0;
  const found = KLOG.exec(line);
  if (found === null) return null;
  const [, letter = '', month, day, hours, minutes, seconds, thread, caller] = found;
  const { stamp, receivedAt } = context;
  const time = timeOfDay(Number(hours), Number(minutes), Number(seconds));
  const dated = fill(stamp, latestCivil(Number(month), Number(day), time, receivedAt), false, KLOG.lastIndex);
  const message = line.slice(KLOG.lastIndex).trim();
  return {
    timestamp: dated ? stamped(context) : null,
    level: levelOf(letter),
    message,
    fields: { caller, thread },
  };
}
