import { type AbsenceDetector, absence } from '../../../detectors/logs/absence.ts';
import type { Numbers } from '../../../detectors/memory/numbers.ts';

/** When one message came last, and what is usual of it. */
export interface Heartbeat {
  readonly detector: AbsenceDetector;
  /** Index of its template. */
  index: number;
  /** Start of the last bucket that it was in, 0 before the first; and what the source had written by then. */
  last: number;
  records: number;
  /** It is looked at when it has not come until then. */
  due: number;
}

export function createHeartbeat(alarmsPerDay: number): Heartbeat {
  const detector = absence(undefined, alarmsPerDay);
  return { detector, index: 0, last: 0, records: 0, due: Number.POSITIVE_INFINITY };
}

export function writeHeartbeat({ index, last, records, due, detector }: Heartbeat, to: Numbers): void {
  to.addAll([index, last, records, due === Number.POSITIVE_INFINITY ? NEVER : due]);
  detector.write(to);
}

export function restoreHeartbeat(beat: Heartbeat, state: Float64Array): void {
  const [index = 0, last = 0, records = 0, due = NEVER] = state;
  Object.assign(beat, { index, last, records, due: due === NEVER ? Number.POSITIVE_INFINITY : due });
  beat.detector.restore(state.subarray(4));
}

const NEVER = -1;
