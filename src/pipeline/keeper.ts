import type { MetricRecord, Place } from '../domain/event.ts';
import type { KeptEvent } from '../domain/kept-event.ts';
import { keptPoint, keptRecord } from './keep.ts';
import type { Observed } from './observed.ts';

/** Which events are stored: every one, the records around the opening of an anomaly, or none. */
export type Keep = 'all' | 'around' | 'nothing';

/** Gathers the events that are to be stored. */
export interface Keeper {
  record(observed: Observed): void;
  point(point: MetricRecord, place: Place): void;
  /** An anomaly opens with the last record, or with a point. */
  opened(): void;
  /** What has been gathered since the last call, in order. */
  take(): readonly KeptEvent[];
}

/** Records of a source that are kept with an anomaly: those before its opening, its own among them, and those after. */
const BEFORE = 200;
const AFTER = 100;

const NONE: readonly KeptEvent[] = [];

export function keeper(keep: Keep): Keeper {
  let kept: KeptEvent[] = [];
  let ring: Observed[] = [];
  let next = 0;
  let after = 0;

  /** Where only some are kept, the last ones wait for an anomaly: they are made into events when one opens. */
  function wait(observed: Observed): void {
    ring[next] = observed;
    next = (next + 1) % BEFORE;
  }

  return {
    record(observed) {
      if (keep === 'all' || after > 0) kept.push(keptRecord(observed));
      else if (keep === 'around') wait(observed);
      if (after > 0) after -= 1;
    },
    point(point, place) {
      if (keep === 'all') kept.push(keptPoint(point, place));
    },
    opened() {
      if (keep !== 'around') return;
      const inOrder = ring.length < BEFORE ? ring : [...ring.slice(next), ...ring.slice(0, next)];
      for (const observed of inOrder) kept.push(keptRecord(observed));
      ring = [];
      next = 0;
      after = AFTER;
    },
    take() {
      if (kept.length === 0) return NONE;
      const taken = kept;
      kept = [];
      return taken;
    },
  };
}
