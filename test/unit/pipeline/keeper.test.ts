import { describe, expect, it } from 'vitest';
import { pipelineOf, pushLines, requestLine, T0 } from '../../support/log-lines.ts';

const CRASH = JSON.stringify({
  level: 50,
  time: T0 + 400_000,
  msg: 'request failed',
  err: { type: 'TypeError', message: 'x', stack: 'TypeError: x\n    at f (/srv/src/a.js:3:1)' },
});
const quiet = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => requestLine(T0 + (from + i) * 500, '/a', 5));

function keptOf(cut: number) {
  const pipeline = pipelineOf({ keep: 'around' });
  const kept = [];
  const lines = [...quiet(0, 500), CRASH, ...quiet(900, 300)];
  for (let at = 0; at < lines.length; at += cut) {
    const records = lines.slice(at, at + cut);
    const offsets = records.map((_, i) => at + i);
    kept.push(...pipeline.push({ stream: 's', records, offsets, marks: null, receivedAt: T0 }).kept);
  }
  return kept;
}

describe('with an anomaly', () => {
  it('the records around its opening are kept, its own among them, in order and however the stream is cut', () => {
    const kept = keptOf(7);
    const at = kept.findIndex(({ type }) => type === 'error');
    expect(at).toBe(199);
    expect(kept).toHaveLength(300);
    expect(kept.map(({ timestamp }) => timestamp)).toEqual(
      kept.map(({ timestamp }) => timestamp).toSorted((a, b) => a - b),
    );
    expect(keptOf(801)).toEqual(kept);
  });

  it('nothing is kept of a quiet log, or where nothing is to be kept', () => {
    for (const keep of ['around', 'nothing'] as const) {
      const pipeline = pipelineOf({ keep });
      pushLines(pipeline, quiet(0, 100));
      expect(pipeline.advance(T0).kept).toEqual([]);
    }
  });
});
