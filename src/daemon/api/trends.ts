import { isoOf } from '../../contract/iso.ts';
import type { Store } from '../../ports/store.ts';

const STEP_MS = { hour: 3_600_000, day: 86_400_000 } as const;
const PAGE = 500;

export interface TrendRequest {
  /** Epoch ms, inclusive; null for no bound. */
  readonly from: number | null;
  readonly to: number | null;
  readonly granularity: keyof typeof STEP_MS;
}

export interface TrendPoint {
  time: string;
  anomalies: number;
  occurrences: number;
}

/** Anomalies counted by the hour or day in which they were first seen, oldest first. */
export async function trends({ from, to, granularity }: TrendRequest, store: Store): Promise<TrendPoint[]> {
  const step = STEP_MS[granularity];
  const points = new Map<number, TrendPoint>();
  const all = { status: null, confidenceMin: null, source: null, from, to, limit: PAGE };
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<Store['anomalies']>> = await store.anomalies({ ...all, after });
    for (const { firstSeen, occurrences } of page.items) {
      const at = Math.floor(firstSeen / step) * step;
      const point = points.get(at) ?? { time: isoOf(at), anomalies: 0, occurrences: 0 };
      point.anomalies += 1;
      point.occurrences += occurrences;
      points.set(at, point);
    }
    if (page.next === null) break;
    after = page.next;
  }
  return [...points].toSorted(([a], [b]) => a - b).map(([, point]) => point);
}
