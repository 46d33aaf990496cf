import { describe, expect, it } from 'vitest';
import { openings, pipelineOf, pushLines, T0 } from '../../../support/log-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A record every five seconds, with fields that differ. */
function records(count: number, fields: (i: number) => Fields, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return JSON.stringify({ time: T0 + n * 5000, level: 'info', msg: 'worker reported', ...fields(n) });
  });
}

const CALM = (i: number): Fields => ({ state: ['up', 'down'][i % 2], region: 'eu', job: `j-${i}` });

describe('a new value of a field that had few', () => {
  it('is told once, with the values that it had', () => {
    const lines = [
      ...records(600, CALM),
      ...records(200, (i) => ({ ...CALM(i), state: i % 3 === 0 ? 'lost' : 'up' }), 600),
    ];
    expect(openings(pushLines(pipelineOf(), lines))).toMatchObject([
      {
        kind: 'log',
        timestamp: T0 + 600 * 5000,
        fingerprint: expect.stringMatching(/^value:app:.*:state$/),
        title: 'state is lost (so far up, down) in: worker reported',
        detectionAlgorithms: ['new-value'],
        severity: 'low',
        readings: [{ evidence: { kind: 'new_value', value: 'lost', usual: ['up', 'down'] } }],
      },
    ]);
  });

  it.each<[string, (i: number) => Fields]>([
    ['is no news where values are many', (i) => ({ state: `s${i % 9}${i > 590 ? 'x' : ''}` })],
    ['nor where they are names', (i) => ({ host: i < 600 ? 'a' : 'b', session_id: i < 600 ? 'c' : 'd' })],
    ['nor of a number that measures', (i) => ({ items: i < 600 ? 3 : 4 })],
    ['nor of a secret', (i) => ({ password: i < 600 ? 'first' : 'second' })],
  ])('%s', (_, fields) => {
    const lines = records(700, (i) => ({ ...CALM(i), ...fields(i) }));
    const found = openings(pushLines(pipelineOf(), lines)).flatMap((one) => one.detectionAlgorithms);
    expect(found).not.toContain('new-value');
  });

  it('is no news before the values are known', () => {
    const lines = [...records(200, CALM), ...records(50, () => ({ state: 'lost' }), 200)];
    expect(openings(pushLines(pipelineOf(), lines))).toEqual([]);
  });

  it('is one anomaly when a fault brings several, and none of a source that always has new ones', () => {
    const both = (i: number) => ({ ...CALM(i), ...(i < 600 ? {} : { state: 'lost', region: 'none' }) });
    expect(openings(pushLines(pipelineOf(), records(700, both)))).toHaveLength(1);
    const often = (i: number) => ({
      a: i < 400 ? 'a' : 'x',
      b: i < 900 ? 'b' : 'c',
      d: i < 1900 ? 'd' : 'e',
    });
    expect(openings(pushLines(pipelineOf(), records(2500, often)))).toHaveLength(1);
  });

  it('keeps no secret, and knows after a restart what it knew', () => {
    const lines = records(700, (i) => ({
      ...CALM(i),
      password: 'hunter2-hunter2',
      region: i < 650 ? 'eu' : 'moon',
    }));
    const before = pipelineOf();
    pushLines(before, lines.slice(0, 620));
    const memory = new Map([...before.changes()].flatMap(([part, of]) => (of === null ? [] : [[part, of]])));
    expect([...memory.values()].map((bytes) => new TextDecoder().decode(bytes)).join(' ')).not.toContain(
      'hunter2',
    );
    const after = pipelineOf();
    after.restore(memory);
    expect(openings(pushLines(after, lines.slice(620), { from: 620 }))).toEqual(
      openings(pushLines(pipelineOf(), lines)),
    );
  });
});
