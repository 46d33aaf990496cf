import { COURSE_AFTER } from '../../domain/course.ts';
import { packJson, unpackJson } from '../memory.ts';
import { type Series, type SeriesName, seriesKey } from './series.ts';

/** Series whose anomaly has just opened: what comes next belongs to its picture. */
export interface FollowedSeries {
  /** `detector`: place of the one whose usual range is told. */
  begin(series: Series, track: number, detector: number): void;
  /** One point less to come. */
  countDown(series: Series): void;
  changes(): ReadonlyMap<string, Uint8Array>;
  /** After the series were. */
  restore(memory: ReadonlyMap<string, Uint8Array>, all: readonly Series[]): void;
}

type Saved = readonly [name: SeriesName, track: number, detector: number, left: number];

const PART = 'followed';

export function followedSeries(): FollowedSeries {
  const all = new Set<Series>();
  let changed = false;

  function follow(series: Series, track: number, detector: number, left: number): void {
    series.followed = { track, detector, left };
    all.add(series);
  }

  return {
    begin(series, track, detector) {
      changed = true;
      follow(series, track, detector, COURSE_AFTER);
    },
    countDown(series) {
      if (series.followed === null) return;
      changed = true;
      series.followed.left -= 1;
      if (series.followed.left > 0) return;
      series.followed = null;
      all.delete(series);
    },
    changes() {
      if (!changed) return new Map();
      changed = false;
      return new Map([[PART, packJson([...all].flatMap(savedOf))]]);
    },
    restore(memory, known) {
      const bytes = memory.get(PART);
      if (bytes === undefined) return;
      for (const [name, track, detector, left] of unpackJson<readonly Saved[]>(bytes)) {
        const key = seriesKey(name);
        const series = known.find((one) => seriesKey(one.name) === key);
        if (series !== undefined) follow(series, track, detector, left);
      }
    },
  };
}

function savedOf({ name, followed }: Series): readonly Saved[] {
  return followed === null ? [] : [[name, followed.track, followed.detector, followed.left]];
}
