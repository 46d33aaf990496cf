import type { Side } from '../../detectors/detector.ts';
import type { Numbers } from '../../detectors/memory/numbers.ts';
import { split, writeParts } from '../../detectors/memory/parts.ts';
import {
  messageDetector,
  pointDetectors,
  trafficDetector,
  troubleDetector,
} from '../../detectors/registry.ts';
import { ALARMS_PER_DAY } from '../../domain/detection.ts';
import {
  createHeartbeat,
  type Heartbeat,
  restoreHeartbeat,
  writeHeartbeat,
} from './composition/heartbeat.ts';
import { CountTrack } from './counts/count-track.ts';
import { PointTrack } from './points/point-track.ts';
import { RecentPoints } from './points/recent-points.ts';
import { emptyRolling, ROLLING_WIDTH, type Rolling, restoreRolling, writeRolling } from './rolling.ts';
import type { Track } from './track.ts';

/** What a series counts or measures. */
export type SeriesKind =
  /** A numeric field: mean and p95 a bucket. */
  | 'measure'
  /** Responses with status 500 and above. */
  | 'failures'
  /** Records at level error and above, or at level warn, that belong to no open episode. */
  | 'errors'
  | 'warnings'
  /** All records. */
  | 'traffic'
  /** One message. */
  | 'message'
  | 'error-message'
  /** One exception, by its fingerprint. */
  | 'fault'
  /** A metric that arrives as points. */
  | 'point';

export interface SeriesName {
  readonly kind: SeriesKind;
  /** Such as `duration_ms`, `status 5xx`, `errors`; a message's template id. */
  readonly metric: string;
  /** Value of the dimension; null for all together. */
  readonly dimension: string | null;
}

export interface Series {
  readonly name: SeriesName;
  /** One, or for a measure two: mean and p95. */
  readonly tracks: readonly Track[];
  /** The last points of each track. */
  readonly recent: readonly RecentPoints[];
  /** Its anomaly has just opened: what comes next belongs to the picture. Null for nothing. */
  followed: Followed | null;
  /** Of a message that is no error: when it should come. */
  readonly heartbeat: Heartbeat | null;
  /** Usual number of records behind a point; usual gap in ms for points. */
  usual: number;
  /** Start of the last bucket, or time of the last point. */
  last: number;
  /** The hour that is still open. */
  readonly rolling: Rolling;
  /** Of a message or trouble: the beat of the source at which it was counted last. */
  beat: number;
  changed: boolean;
}

/** What is still to be told of a series whose anomaly opened. */
export interface Followed {
  readonly track: number;
  /** Place of the detector whose usual range is told. */
  readonly detector: number;
  /** Points to come. */
  left: number;
}

export function createSeries(
  name: SeriesName,
  side: Side,
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): Series {
  const tracks = tracksOf(name.kind, side, alarmsPerDay);
  return {
    name,
    tracks,
    recent: tracks.map(() => new RecentPoints()),
    followed: null,
    heartbeat: name.kind === 'message' ? createHeartbeat(alarmsPerDay) : null,
    usual: 0,
    last: 0,
    rolling: emptyRolling(),
    beat: 0,
    changed: true,
  };
}

function tracksOf(kind: SeriesKind, side: Side, alarmsPerDay: number): readonly Track[] {
  switch (kind) {
    case 'measure':
      return [
        new PointTrack(pointDetectors(side), alarmsPerDay),
        new PointTrack(pointDetectors(side), alarmsPerDay),
      ];
    case 'point':
      return [new PointTrack(pointDetectors(side), alarmsPerDay)];
    case 'failures':
    case 'errors':
    case 'warnings':
      return [new CountTrack(troubleDetector(), alarmsPerDay)];
    case 'traffic':
      return [new CountTrack(trafficDetector(), alarmsPerDay)];
    case 'message':
    case 'error-message':
    case 'fault':
      return [new CountTrack(messageDetector(kind !== 'message'), alarmsPerDay)];
  }
}

export function seriesKey({ kind, metric, dimension }: SeriesName): string {
  return dimension === null ? `${kind} ${metric}` : `${kind} ${metric} ${dimension}`;
}

/** How a series is called in front of people. */
export function seriesLabel({ metric, dimension }: SeriesName): string {
  return dimension === null ? metric : `${metric} ${dimension}`;
}

export function writeSeries(series: Series, to: Numbers): void {
  to.add(series.usual);
  to.add(series.last);
  to.add(series.beat);
  writeRolling(series.rolling, to);
  writeParts([...series.tracks, ...series.recent], to);
  if (series.heartbeat === null) return;
  const part = to.open();
  writeHeartbeat(series.heartbeat, to);
  to.close(part);
}

/** Numbers of the series itself. */
const OWN = 3;

export function restoreSeries(series: Series, state: Float64Array): void {
  const [usual = 0, last = 0, beat = 0] = state;
  series.usual = usual;
  series.last = last;
  series.beat = beat;
  series.changed = false;
  restoreRolling(series.rolling, state.subarray(OWN, OWN + ROLLING_WIDTH));
  const parts = split(state.subarray(OWN + ROLLING_WIDTH));
  const kept = [...series.tracks, ...series.recent];
  for (const [i, one] of kept.entries()) one.restore(parts[i] ?? new Float64Array());
  const heartbeat = parts[kept.length];
  if (series.heartbeat !== null && heartbeat !== undefined) restoreHeartbeat(series.heartbeat, heartbeat);
}
