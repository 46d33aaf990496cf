import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../../src/domain/event.ts';
import type { Sighting } from '../../../../src/domain/sighting.ts';
import type { Pipeline } from '../../../../src/pipeline/pipeline.ts';
import { openings, pipelineOf, T0 } from '../../../support/log-lines.ts';
import { gaussian } from '../../../support/series.ts';

const MINUTE = 60_000;
const NAMES = ['requests', 'cpu', 'network', 'connections'];
const APART = 3000;
const END = APART + 150;

/** One load is behind all four, until the second slowly turns against it: each of them is as it always is. */
function records(): readonly EventRecord[] {
  const noise = gaussian(11);
  let load = 0;
  return Array.from({ length: END }, (_, minute) => {
    load = 0.97 * load + 0.25 * noise();
    const turned = Math.max(0, Math.min(1, (minute - APART) / 30));
    return NAMES.map((metricName, i): EventRecord => {
      const data = { metricName, value: 100 + 10 * load * (i === 1 ? 1 - 2 * turned : 1) + 0.4 * noise() };
      return { type: 'metric', timestamp: T0 + minute * MINUTE, metadata: {}, data };
    });
  }).flat();
}

const POINTS = records();

function push(pipeline: Pipeline, from: number, to: number): readonly Sighting[] {
  const part = POINTS.slice(from, to);
  const offsets = part.map((_, i) => from + i);
  const receivedAt = T0 + Math.ceil(to / 4) * MINUTE;
  return pipeline.push({ stream: 's', records: part, offsets, marks: null, receivedAt }).sightings;
}

const together = (sightings: readonly Sighting[]) =>
  openings(sightings).filter(({ fingerprint }) => fingerprint.startsWith('together:'));

describe('metrics that no longer go together', () => {
  it('are one anomaly that names them, though none of them is strange by itself', () => {
    const pipeline = pipelineOf();
    const found = openings(push(pipeline, 0, POINTS.length));
    expect(found.filter(({ timestamp }) => timestamp >= T0 + APART * MINUTE)).toMatchObject([
      { fingerprint: 'together:app:points', kind: 'metric', title: expect.stringContaining('cpu') },
    ]);
    expect(found[0]?.readings.some(({ evidence }) => evidence.kind === 'together')).toBe(true);
  });

  it('are told although an error is open', () => {
    const pipeline = pipelineOf();
    push(pipeline, 0, 4 * APART);
    const data = { message: 'no', level: 'error', trace: null, fields: null } as const;
    const error = { type: 'log', timestamp: T0 + APART * MINUTE, metadata: {}, data } as EventRecord;
    const at = { stream: 'e', offsets: [0], marks: null, receivedAt: T0 + APART * MINUTE };
    pipeline.push({ ...at, records: [error] });
    expect(together(push(pipeline, 4 * APART, POINTS.length))).toHaveLength(1);
  });

  it.each([61, 4 * APART + 33])('are told alike by pipelines that were restored every %i points', (every) => {
    const whole = pipelineOf();
    const expected = push(whole, 0, POINTS.length);
    const memory = new Map<string, Uint8Array>();
    const seen: Sighting[] = [];
    // Short lives cost much: they begin shortly before the metrics part.
    const first = Math.max(every, 4 * APART - 10);
    for (let from = 0; from < POINTS.length; ) {
      const to = Math.min(POINTS.length, from === 0 ? first : from + every);
      const pipeline = pipelineOf();
      pipeline.restore(memory);
      seen.push(...push(pipeline, from, to));
      for (const [part, bytes] of pipeline.changes()) {
        if (bytes === null) memory.delete(part);
        else memory.set(part, bytes);
      }
      from = to;
    }
    expect(openings(seen).map(({ id, confidence }) => [id, confidence])).toEqual(
      openings(expected).map(({ id, confidence }) => [id, confidence]),
    );
    expect(together(seen).at(-1)?.timestamp).toBeGreaterThan(T0 + APART * MINUTE);
  });
});

describe('what records measure together', () => {
  it('keeps no secret that a field is called by', () => {
    const pipeline = pipelineOf();
    const secret = 'alice@example.com';
    const line = (i: number) =>
      JSON.stringify({ time: T0 + i * 100, msg: 'done', [`used.${secret}`]: i % 7, ms: i % 5 });
    const lines = Array.from({ length: 3000 }, (_, i) => line(i));
    const offsets = lines.map((_, i) => i);
    pipeline.push({ stream: 's', records: lines, offsets, marks: null, receivedAt: T0 });
    const kept = [...pipeline.changes().values()]
      .map((bytes) => Buffer.from(bytes ?? []).toString('latin1'))
      .join();
    expect(kept).not.toContain(secret);
    expect(pipeline.training().some(({ name }) => name.includes('REDACTED'))).toBe(true);
  });
});
