import type { SourceView } from '../../contract/system-views.ts';
import type { VigilError } from '../../domain/errors.ts';
import type { WatchedSource } from '../parts.ts';
import type { Life } from './life.ts';

/** A view is looked at by a person: more series than this are only counted. */
const MAX_SERIES = 100;

interface Facts {
  readonly life: Life | null;
  readonly failure: string | null;
  readonly storeTrouble: VigilError | null;
  readonly events: number;
  /** Points that had no series, since there are too many. */
  readonly pointsLost: number;
  readonly rate: number;
}

/** How a source stands; trouble of the store counts as trouble of the source, since reading waits for it. */
export function sourceToView({ type, source }: WatchedSource, facts: Facts): SourceView {
  const health = source.health();
  const trouble = facts.failure ?? facts.storeTrouble?.message ?? null;
  const series = [...(facts.life?.pipeline.training() ?? [])];
  const count = (state: 'training' | 'normal' | 'alerting') =>
    series.filter((one) => one.state === state).length;
  return {
    name: source.name,
    type,
    state: trouble === null ? health.state : 'failing',
    rate: facts.rate,
    events: facts.events,
    lag_bytes: health.lagBytes,
    streams: health.streams,
    dropped: health.dropped + facts.pointsLost,
    last_error: trouble ?? health.lastError,
    training: { training: count('training'), normal: count('normal'), alerting: count('alerting') },
    series: series
      .sort((a, b) => ORDER[a.state] - ORDER[b.state])
      .slice(0, MAX_SERIES)
      .map(({ waiting, ...one }) => ({ ...one, waiting: [...waiting] })),
  };
}

const ORDER = { alerting: 0, training: 1, normal: 2 } as const;
