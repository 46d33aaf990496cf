import type { Vector } from '../../detectors/vectors/vector.ts';
import type { AnomalyFacts } from '../../domain/anomaly.ts';
import { explain, numberText } from '../../domain/explain.ts';
import { eventId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import type { Occurrence } from '../episodes.ts';
import { opening, title } from '../facts.ts';
import type { Verdict } from '../gate.ts';

export function togetherFingerprint(source: string): string {
  return `together:${source}`;
}

/** As the law of episodes wants it: all metrics together have no size. */
export function togetherOccurrence(source: string, vector: Vector, verdict: Verdict): Occurrence {
  const { isAnomaly, confidence } = verdict;
  return {
    fingerprint: togetherFingerprint(source),
    time: vector.time,
    isAnomaly,
    confidence,
    value: null,
    gap: 0,
    returns: false,
    facts: (sure) => togetherFacts(source, vector, { ...verdict, confidence: sure }),
  };
}

function togetherFacts(source: string, { time }: Vector, verdict: Verdict): AnomalyFacts {
  const fingerprint = togetherFingerprint(source);
  const [surest] = verdict.readings.toSorted((a, b) => b.score - a.score);
  const seen = surest?.evidence;
  const named = seen?.kind === 'together' ? seen.metrics : [];
  const most = named.map(({ name, value }) => `${name} ${numberText(value)}`).join(', ');
  return {
    ...opening(fingerprint, eventId({ source, stream: fingerprint, offset: time }), verdict),
    kind: 'metric',
    title: title(`Metrics that do not go together as usual: ${most}`),
    timestamp: time,
    source,
    metricName: null,
    metricValue: null,
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
