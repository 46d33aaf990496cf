import type { AnomalyFacts, AnomalyKind, Severity } from '../../domain/anomaly.ts';
import type { Reading } from '../../domain/detection.ts';
import { eventId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import { decide } from '../gate.ts';
import type { Occurrence } from './episodes.ts';
import { opening, title } from './facts.ts';

/** What is told of a source as a whole, not of one of its records. */
export interface Told {
  readonly source: string;
  readonly kind: AnomalyKind;
  readonly fingerprint: string;
  /** Epoch ms, event time. */
  readonly time: number;
  readonly reading: Reading;
  readonly severity: Severity;
  readonly what: string;
  /** Text of the message that it is about; null for none. */
  readonly template: string | null;
}

/** As the law of episodes wants it. */
export function toldOccurrence(told: Told): Occurrence {
  const { fingerprint, time, reading } = told;
  const { isAnomaly, confidence } = decide(reading.score, reading.score, [reading]);
  const facts = (sure: number) => toldFacts(told, sure);
  return { fingerprint, time, isAnomaly, confidence, value: null, gap: 0, returns: false, facts };
}

function toldFacts(told: Told, confidence: number): AnomalyFacts {
  const { source, kind, fingerprint, time, reading, severity, what, template } = told;
  const event = eventId({ source, stream: fingerprint, offset: time });
  return {
    ...opening(fingerprint, event, decide(confidence, reading.score, [reading])),
    kind,
    title: title(what),
    timestamp: time,
    source,
    metricName: null,
    metricValue: null,
    severity,
    firstSeen: time,
    lastSeen: time,
    sample: { text: redact(what), before: [], trace: null, template, labels: {} },
  };
}

/** Such as `1 h 20 min`, of two units at most. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const first = Math.max(
    0,
    units.findIndex(([size]) => seconds >= size),
  );
  let left = seconds;
  const parts = units.slice(first, first + 2).map(([size, name]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? '' : `${count} ${name}`;
  });
  return parts.filter((part) => part !== '').join(' ') || '0 s';
}
