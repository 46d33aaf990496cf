import type { SeriesRegistry } from '../registry.ts';
import type { Series, SeriesName } from '../series.ts';

/** Series that nearly each bucket asks for, found without putting their names together; null as in the registry. */
export interface KnownSeries {
  traffic(): Series | null;
  trouble(kind: 'errors' | 'warnings'): Series | null;
  /** `index` is the message's template. */
  message(index: number, message: { readonly id: string; readonly error: boolean }): Series | null;
}

const TRAFFIC: SeriesName = { kind: 'traffic', metric: 'events', dimension: null };

export function knownSeries(registry: SeriesRegistry): KnownSeries {
  const messages: (Series | null)[] = [];
  let traffic: Series | null = null;
  const troubles: Record<'errors' | 'warnings', Series | null> = { errors: null, warnings: null };
  return {
    traffic: () => (traffic ??= registry.get(TRAFFIC)),
    trouble: (kind) => (troubles[kind] ??= registry.get({ kind, metric: kind, dimension: null })),
    message(index, { id, error }) {
      const kind = error ? 'error-message' : 'message';
      const before = messages[index];
      if (before?.name.metric === id && before.name.kind === kind) return before;
      const series = registry.get({ kind, metric: id, dimension: null });
      messages[index] = series;
      return series;
    },
  };
}
