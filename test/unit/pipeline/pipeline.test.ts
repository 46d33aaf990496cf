import { describe, expect, it } from 'vitest';
import type { TelemetryEvent } from '../../../src/domain/event.ts';
import {
  addedUp,
  openings,
  pipelineOf,
  pushLines,
  requestLine,
  sequence,
  T0,
} from '../../support/log-lines.ts';
import { UNCAUGHT, WITH_CAUSE } from '../../support/traces.ts';

/** Twelve requests a second over three paths; `slow` says how many times longer a path takes in a second. */
function traffic(
  seconds: number,
  slow: (path: string, second: number) => number,
  seed = 1,
): readonly string[] {
  const random = sequence(seed);
  const lines: string[] = [];
  for (let i = 0; i < seconds * 12; i += 1) {
    const second = Math.floor(i / 12);
    const path = ['/a', '/b', `/c/${i}`][i % 3] ?? '';
    const normal = 5 + 3 * (random() + random() + random() - 1.5);
    lines.push(requestLine(T0 + i * 83, path, normal * slow(path, second)));
  }
  return lines;
}

describe('pipeline', () => {
  it('opens a TypeError with a trace at its first event, and counts its repeats up', () => {
    const pipeline = pipelineOf();
    pushLines(
      pipeline,
      traffic(2, () => 1),
    );
    const lines = [
      '2026-01-05 12:00:03 ERROR request failed',
      ...WITH_CAUSE.split('\n'),
      '2026-01-05 12:00:04 INFO next',
    ];
    const first = pushLines(pipeline, lines, { from: 100 });
    expect(openings(first)).toMatchObject([
      {
        kind: 'error',
        fingerprint: 'error:app:TypeError@src/cart.ts totalOf',
        title: "TypeError: Cannot read properties of undefined (reading 'total') in src/cart.ts totalOf",
        detectionAlgorithms: ['exception'],
        severity: 'high',
        occurrences: 1,
        sample: { trace: { errorType: 'TypeError' } },
      },
    ]);
    expect(openings(first)[0]?.sample.before).toHaveLength(5);
    expect(pushLines(pipeline, lines, { from: 200 })).toMatchObject([{ kind: 'repeated', count: 1 }]);
  });

  it('opens an exception that a JSON record carries', () => {
    const stack = 'Error: no\n    at pay (/srv/app/src/pay.js:3:4)';
    const line = JSON.stringify({
      level: 50,
      time: T0,
      msg: 'failed',
      err: { type: 'PaymentError', message: 'no', stack },
    });
    expect(openings(pushLines(pipelineOf(), [line]))).toMatchObject([
      { fingerprint: 'error:app:PaymentError@src/pay.js pay', title: 'PaymentError: no in src/pay.js pay' },
    ]);
  });

  it('notices a path that takes ten times as long, within six buckets after 120 of normal traffic, and names it', () => {
    const pipeline = pipelineOf();
    const lines = traffic(126, (path, second) => (path === '/b' && second >= 120 ? 10 : 1));
    const found = openings(pushLines(pipeline, lines));
    expect(found).toMatchObject([
      {
        kind: 'metric',
        metricName: 'duration_ms',
        detectionAlgorithms: expect.arrayContaining(['iqr']),
        sample: { labels: { dimension: '/b' } },
      },
    ]);
    expect(found[0]?.confidence).toBeGreaterThanOrEqual(0.997);
    expect(found[0]?.metricValue).toBeGreaterThan(30);
  });

  it('says it once when everything became slow', () => {
    const found = openings(
      pushLines(
        pipelineOf(),
        traffic(140, (_, second) => (second >= 120 ? 12 : 1)),
      ),
    );
    expect(found.length).toBeLessThanOrEqual(3);
    expect(found.length).toBeGreaterThan(0);
  });

  it('says nothing of normal traffic', () => {
    expect(
      pushLines(
        pipelineOf(),
        traffic(600, () => 1),
      ),
    ).toEqual([]);
  });

  it('notices that requests begin to fail, once', () => {
    const lines = Array.from({ length: 12 * 40 }, (_, i) =>
      requestLine(T0 + i * 83, '/a', 5, i >= 12 * 30 && i % 3 === 0 ? 500 : 200),
    );
    const found = openings(pushLines(pipelineOf(), lines));
    expect(found).toMatchObject([{ metricName: 'status 5xx', severity: 'high' }]);
  });

  it('does not report the failed requests that an open error explains', () => {
    const failure = (i: number) => [
      JSON.stringify({
        level: 50,
        time: T0 + i * 83,
        msg: 'failed',
        err: { type: 'TypeError', message: 'x', stack: 'TypeError: x\n    at f (/srv/app/f.js:1:2)' },
      }),
      requestLine(T0 + i * 83, '/a', 5, 500),
    ];
    const lines = Array.from({ length: 12 * 40 }, (_, i) =>
      i >= 12 * 30 && i % 3 === 0 ? failure(i) : [requestLine(T0 + i * 83, '/a', 5)],
    ).flat();
    const seen = pushLines(pipelineOf(), lines);
    expect(addedUp(seen)).toMatchObject([{ fingerprint: 'error:app:TypeError@app/f.js f', occurrences: 40 }]);
  });

  it('reports a new error message, not a new ordinary one, and a burst of one it knows', () => {
    const pipeline = pipelineOf({ bucketSeconds: 10 });
    const log = (second: number, level: string, msg: string) =>
      JSON.stringify({ level, time: T0 + second * 1000, msg });
    const calm = Array.from({ length: 400 }, (_, i) => log(i, 'info', i % 7 === 0 ? 'tick' : 'tock'));
    expect(openings(pushLines(pipeline, [...calm, log(400, 'info', 'a new feature was used')]))).toEqual([]);
    const broken = pushLines(pipeline, [log(401, 'error', 'cannot reach database db1')], { from: 500 });
    expect(openings(broken)).toMatchObject([
      {
        kind: 'log',
        title: 'New error message: cannot reach database db1',
        severity: 'high',
        eventId: expect.any(String),
      },
    ]);
    const later = Array.from({ length: 600 }, (_, i) => log(402 + i, 'info', i % 7 === 0 ? 'tick' : 'tock'));
    const burst = Array.from({ length: 2000 }, (_, i) => log(1002 + i / 20, 'info', 'tick'));
    const found = openings(pushLines(pipeline, [...later, ...burst], { from: 600 }));
    expect(found).toMatchObject([{ kind: 'log', detectionAlgorithms: ['rate'] }]);
    expect(found[0]?.title).toMatch(/^Message [\d,]+ a minute \(usually [\d.]+\): tick$/);
  });

  it('goes back to the first held line, and says what is held after a second of silence', () => {
    const pipeline = pipelineOf();
    const lines = UNCAUGHT.split('\n').slice(0, 7);
    expect(pushLines(pipeline, ['{"msg":"x"}', ...lines])).toEqual([]);
    expect([pipeline.held('s')?.offset, pipeline.held('other')]).toEqual([1, null]);
    expect(pipeline.advance(T0 + 500).events).toBe(0);
    const late = pipeline.advance(T0 + 1500);
    expect([late.events, late.opened, pipeline.held('s')]).toEqual([1, true, null]);
  });

  it('keeps no unredacted line in its memory', () => {
    const pipeline = pipelineOf();
    const secret = 'hunter2secret';
    pushLines(pipeline, [
      requestLine(T0, `/login?password=${secret}`, 5),
      `2026-01-05 12:00:01 INFO password=${secret}`,
      `2026-01-05 12:00:02 ERROR held with password=${secret}`,
    ]);
    const memory = [...pipeline.changes().values()].map((bytes) =>
      new TextDecoder().decode(bytes ?? new Uint8Array()),
    );
    expect(memory.join('')).not.toContain(secret);
  });

  it('closes buckets of a source that fell silent', () => {
    const pipeline = pipelineOf();
    const lines = traffic(123, (path, second) => (path === '/b' && second >= 120 ? 1000 : 1));
    expect(pushLines(pipeline, lines.slice(0, -6))).toEqual([]);
    expect(pipeline.advance(T0 + 130_000).opened).toBe(true);
  });

  it('answers a detection for each event that is pushed, with the fingerprint of what is abnormal', () => {
    const pipeline = pipelineOf();
    const point = (i: number, value: number): TelemetryEvent => ({
      type: 'metric',
      source: 'app',
      stream: 'api',
      offset: i,
      timestamp: T0 + i * 10_000,
      metadata: {},
      data: { metricName: 'queue', value },
    });
    const random = sequence(3);
    const events = Array.from({ length: 120 }, (_, i) => point(i, (i < 100 ? 10 : 90) + random()));
    const { detections, fingerprints, sightings, events: count } = pipeline.pushEvents(events);
    expect([detections.length, count]).toEqual([120, 120]);
    const first = detections.findIndex((one) => one.isAnomaly);
    expect(first).toBeGreaterThanOrEqual(100);
    expect(first).toBeLessThan(106);
    expect(fingerprints[first]).toBe('metric:app:queue');
    expect(openings(sightings)).toHaveLength(1);
  });

  it('shows how far its series have learnt', () => {
    const pipeline = pipelineOf();
    pushLines(
      pipeline,
      traffic(10, () => 1),
    );
    const training = pipeline.training();
    expect(training.find(({ name }) => name === 'duration_ms')).toMatchObject({
      state: 'training',
      needed: 30,
    });
    expect(training.find(({ name }) => name === 'messages')).toMatchObject({ state: 'normal' });
    pushLines(
      pipeline,
      traffic(80, (path, second) => (path === '/b' && second >= 70 ? 10 : 1)),
      { from: 120 },
    );
    expect(pipeline.training().find(({ name }) => name === 'duration_ms /b')?.state).toBe('alerting');
  });
});
