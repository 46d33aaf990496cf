import { describe, expect, it } from 'vitest';
import { pointDetectors } from '../../../src/detectors/registry.ts';
import type { EventRecord } from '../../../src/domain/event.ts';
import { unpackNumbers } from '../../../src/pipeline/memory.ts';
import { unpackCompact } from '../../../src/pipeline/series/memory/compact.ts';
import { pipelineOf, pushLines, requestLine, T0 } from '../../support/log-lines.ts';

/** A pipeline that has seen lines and points, and all that it remembers. */
function memoryOf(): Map<string, Uint8Array> {
  const pipeline = pipelineOf();
  const lines = Array.from({ length: 3000 }, (_, i) => requestLine(T0 + i * 1000, '/pay', 20 + (i % 5)));
  pushLines(pipeline, lines);
  const points = Array.from({ length: 600 }, (_, i): EventRecord => {
    const data = { metricName: i % 2 === 0 ? 'cpu' : 'memory', value: i % 9 };
    return { type: 'metric', timestamp: T0 + Math.floor(i / 2) * 10_000, metadata: {}, data };
  });
  const offsets = points.map((_, i) => i);
  pipeline.push({ stream: 'points', records: points, offsets, marks: null, receivedAt: T0 + 3_000_000 });
  const memory = new Map<string, Uint8Array>();
  for (const [part, bytes] of pipeline.changes()) if (bytes !== null) memory.set(part, bytes);
  return memory;
}

describe('the format of what is remembered', () => {
  it('is that of FORMAT in snapshot.ts: when this changes, count it up', () => {
    const memory = memoryOf();
    const { doubles, singles, shorts } = pointDetectors('both').cells();
    const numbers = ['series:0', 'together:points'].map((part) => [
      part,
      unpackCompact(memory.get(part) ?? new Uint8Array(4)).length,
    ]);
    expect({
      format: unpackNumbers(memory.get('format') ?? new Uint8Array())[0],
      parts: [...memory.keys()].toSorted().join(' '),
      cells: [doubles.length, singles.length, shorts.length].join(' '),
      numbers: Object.fromEntries(numbers),
    }).toMatchInlineSnapshot(`
      {
        "cells": "182 318 1068",
        "format": 1,
        "numbers": {
          "series:0": 7278,
          "together:points": 5481,
        },
        "parts": "absences buckets clock field-counts field-values format message-templates mix novelty overdue points:0:names points:log:1 series:0 series:0:names series:beats silence streams together:points together:points:gathered together:points:log together:records together:records:gathered together:records:log zone",
      }
    `);
  });

  it('is restored when it is ours', () => {
    const memory = memoryOf();
    const pipeline = pipelineOf();
    expect(pipeline.restore(memory)).toBe(true);
    expect(pipeline.training().find(({ name }) => name === 'cpu')?.points).toBe(300);
  });

  it.each(['none', 'another'])('is learnt anew, and the old is deleted, when its mark is %s', (mark) => {
    const memory = memoryOf();
    if (mark === 'none') memory.delete('format');
    else memory.set('format', new Uint8Array(new Float64Array([99]).buffer));
    const pipeline = pipelineOf();
    expect(pipeline.restore(memory)).toBe(false);
    expect(pipeline.training().map(({ points }) => points)).toEqual([0]);
    pushLines(pipeline, [requestLine(T0, '/pay', 5)]);
    const changed = pipeline.changes();
    expect(changed.get('points:log:1')).toBeNull();
    expect(changed.get('format')).toBeInstanceOf(Uint8Array);
    expect(
      pipelineOf().restore(
        new Map([...changed].flatMap(([part, bytes]) => (bytes === null ? [] : [[part, bytes] as const]))),
      ),
    ).toBe(true);
  });
});
