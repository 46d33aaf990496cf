import { timesADayOf } from '../../detectors/calibration/fuse.ts';
import type { Vector } from '../../detectors/vectors/vector.ts';
import type { AnomalyFacts } from '../../domain/anomaly.ts';
import { explain, metricsText } from '../../domain/explain.ts';
import { eventId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import type { Occurrence } from '../episodes/episodes.ts';
import { opening, title } from '../episodes/facts.ts';
import type { Verdict } from '../gate.ts';

/** `kind`: metrics that come as points, or those that records make. */
export function togetherFingerprint(source: string, kind: string): string {
  return `together:${source}:${kind}`;
}

export interface TogetherTold {
  readonly source: string;
  readonly fingerprint: string;
  readonly vector: Vector;
  readonly verdict: Verdict;
}

/** As the law of episodes wants it. All metrics together have no unit: how far it went is how rare it is. */
export function togetherOccurrence(told: TogetherTold): Occurrence {
  const { fingerprint, vector, verdict } = told;
  const { isAnomaly, confidence, raw } = verdict;
  return {
    fingerprint,
    time: vector.time,
    isAnomaly,
    confidence,
    value: rarityOf(raw),
    gap: 0,
    returns: false,
    facts: (sure) => togetherFacts(told, sure),
  };
}

/** Powers of ten by which it is rarer than once a day, at least 1. */
function rarityOf(raw: number): number {
  return Math.max(1, Math.min(12, -Math.log10(Math.max(1e-12, timesADayOf(raw)))));
}

function togetherFacts({ source, fingerprint, vector, verdict }: TogetherTold, sure: number): AnomalyFacts {
  const { time } = vector;
  const [surest] = verdict.readings.toSorted((a, b) => b.score - a.score);
  const seen = surest?.evidence;
  const most = seen?.kind === 'together' ? metricsText(seen.metrics) : '';
  return {
    ...opening(fingerprint, eventId({ source, stream: fingerprint, offset: time }), {
      ...verdict,
      confidence: sure,
    }),
    kind: 'metric',
    title: title(`Metrics that do not go together as usual: ${most}`),
    timestamp: time,
    source,
    metricName: null,
    metricValue: null,
    worst: rarityOf(verdict.raw),
    severity: 'medium',
    firstSeen: time,
    lastSeen: time,
    sample: {
      text: redact(seen === undefined ? most : explain(seen)),
      before: [],
      trace: null,
      template: null,
      labels: {},
    },
  };
}
