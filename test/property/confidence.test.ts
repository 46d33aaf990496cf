import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOf, Fusion } from '../../src/detectors/calibration/fuse.ts';
import { ObservedTime } from '../../src/detectors/calibration/observed-time.ts';
import { evidenceAtBar, gather, confidenceOf as ofEvidence } from '../../src/detectors/logs/evidence.ts';
import { Desk } from '../../src/detectors/memory/desk.ts';
import { CONFIDENCE_BAR, classify } from '../../src/domain/detection.ts';
import type { TelemetryEvent } from '../../src/domain/event.ts';
import { anyNumber, anyTime } from '../contract/detector.ts';
import { pipelineOf } from '../support/log-lines.ts';

const metric = fc.record({ value: anyNumber, time: anyTime, name: fc.constantFrom('m', 'n') });
const log = fc.record({
  message: fc.oneof(fc.string(), fc.constantFrom('a b', 'c d e')),
  level: fc.constantFrom('info', 'warn', 'error', 'fatal', null),
  time: anyTime,
});
const thrown = fc.record({ type: fc.constantFrom('TypeError', 'E', 'constructor'), time: anyTime });

const anyEvent: fc.Arbitrary<(i: number) => TelemetryEvent> = fc.oneof(
  {
    weight: 3,
    arbitrary: metric.map(
      ({ value, time, name }) =>
        (i: number) =>
          base(i, time, { type: 'metric', data: { metricName: name, value } }),
    ),
  },
  {
    weight: 2,
    arbitrary: log.map(
      ({ message, level, time }) =>
        (i: number) =>
          base(i, time, { type: 'log', data: { message, level, fields: null } }),
    ),
  },
  {
    weight: 1,
    arbitrary: thrown.map(({ type, time }) => (i: number) => {
      const trace = {
        language: 'javascript',
        errorType: type,
        message: 'm',
        frames: [],
        cause: null,
      } as const;
      return base(i, time, { type: 'error', data: { message: 'm', level: null, trace, fields: null } });
    }),
  },
);

type Kind = {
  [T in TelemetryEvent['type']]: Pick<Extract<TelemetryEvent, { type: T }>, 'type' | 'data'>;
}[TelemetryEvent['type']];

function base(offset: number, timestamp: number, kind: Kind): TelemetryEvent {
  return { source: 'app', stream: 'api', offset, timestamp, metadata: {}, ...kind } as TelemetryEvent;
}

const events = fc
  .array(anyEvent, { minLength: 1, maxLength: 120 })
  .map((made) => made.map((make, i) => make(i)));

/** A series that leaves its range, so that the bar is reached for certain. */
const outage = fc
  .record({ level: fc.integer({ min: 1, max: 1000 }), factor: fc.integer({ min: 10, max: 1000 }) })
  .map(({ level, factor }) =>
    Array.from({ length: 160 }, (_, i) =>
      base(i, 1.7e12 + i * 10_000, {
        type: 'metric',
        data: { metricName: 'm', value: level * (i < 140 ? 1 + (i % 7) / 20 : factor) },
      }),
    ),
  );

describe('confidence', () => {
  it('Feature: vigilai-monitoring-platform, Property 3: Confidence Score Range Invariant', () => {
    fc.assert(
      fc.property(fc.oneof(events, outage), (batch) => {
        for (const { confidence } of pipelineOf().pushEvents(batch).detections) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('Feature: vigilai-monitoring-platform, Property 4: Anomaly Classification Threshold', () => {
    let anomalies = 0;
    fc.assert(
      fc.property(fc.oneof(events, outage), (batch) => {
        const { detections, fingerprints } = pipelineOf().pushEvents(batch);
        for (const [i, { isAnomaly, confidence }] of detections.entries()) {
          expect(isAnomaly).toBe(confidence >= 0.997);
          expect(fingerprints[i] !== null).toBe(isAnomaly);
          if (isAnomaly) anomalies += 1;
        }
      }),
      { numRuns: 200 },
    );
    expect(anomalies).toBeGreaterThan(100);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        (confidence) => classify(confidence) === confidence >= 0.997,
      ),
    );
  });

  const times = fc.oneof(
    fc.double({ min: 1e-9, max: 2000, noNaN: true }),
    fc.constantFrom(Number.POSITIVE_INFINITY, 1000),
  );
  /** What is said of a point after `before` points on which the detectors said `said`. */
  function fused(before: readonly (readonly number[])[], said: readonly number[]): number {
    const desk = new Desk();
    const clock = new ObservedTime(desk);
    const fusion = new Fusion(0.2, desk, clock);
    let timesADay = Number.POSITIVE_INFINITY;
    for (const [i, words] of [...before, said].entries()) {
      fusion.begin();
      for (const word of words) fusion.add(word);
      timesADay = fusion.timesADay();
      clock.pass(i * 60_000);
      fusion.learn();
    }
    return confidenceOf(timesADay);
  }
  const words = fc.array(times, { minLength: 3, maxLength: 3 });

  it('never falls when one detector becomes surer', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), words, fc.nat(2), times, (before, said, at, rarer) => {
        const surer = said.with(at, Math.min(said[at] ?? 0, rarer));
        expect(fused(before, surer)).toBeGreaterThanOrEqual(fused(before, said));
      }),
      { numRuns: 300 },
    );
  });

  it('is the bar where a normal series alarms 0.05 times a day, and falls with how often', () => {
    expect(confidenceOf(0.05)).toBeCloseTo(CONFIDENCE_BAR, 12);
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(confidenceOf(Math.min(a, b))).toBeGreaterThanOrEqual(confidenceOf(Math.max(a, b)));
      }),
    );
  });

  const interval = fc.integer({ min: 1, max: 3_600_000 });

  it('of a count is the bar exactly where the gathered evidence is, and grows with it', () => {
    fc.assert(
      fc.property(interval, fc.double({ min: 0, max: 40, noNaN: true }), (ms, gathered) => {
        const atBar = evidenceAtBar(ms);
        expect(ofEvidence(atBar, atBar)).toBeCloseTo(CONFIDENCE_BAR, 12);
        expect(ofEvidence(gathered, atBar)).toBeLessThanOrEqual(ofEvidence(gathered + 1, atBar));
      }),
    );
  });

  it('of a count never reaches the bar by one bucket alone', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 300_000 }), (learned, ms) => {
        const atBar = evidenceAtBar(ms);
        expect(classify(ofEvidence(gather(0, 1e9, learned, atBar), atBar))).toBe(false);
      }),
    );
  });
});
