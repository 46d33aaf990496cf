import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayFile } from '../../src/commands/replay/replay-file.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { sequence, T0 } from '../support/log-lines.ts';
import { recordings } from '../support/recordings.ts';

/** The rows of scores of a file, without the header. */
async function scoresOf(file: string, text: string): Promise<readonly string[]> {
  const house = recordings({ [file]: text });
  const table = { intervalMs: 60_000, ignore: new Set<string>() };
  await replayFile(file, { house, pipeline: USUAL, table, start: T0, note: () => undefined }, 'out');
  return (house.written.get('out') ?? '').trimEnd().split('\n').slice(1);
}

const at = (minute: number) => new Date(T0 + minute * 60_000).toISOString();

/** Two metrics of a calm source that breaks twice, so that the property is not about silence. */
function eventful(): readonly string[] {
  const random = sequence(5);
  return Array.from({ length: 400 }, (_, i) => {
    const broken = (i >= 150 && i < 165) || i >= 380;
    return `${at(i)},${10 + random() + (broken ? 40 : 0)},${5 * random()}`;
  });
}

/** What may stand in a cell, and in rows that come late, twice or out of order. */
const anyCell = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
  fc.constantFrom('', 'NaN', '12', '1e300', 'off', '"a, b"'),
);
const anyRow = fc
  .tuple(fc.oneof(fc.nat(500).map(at), fc.constantFrom('', 'soon', '4000-01-01')), anyCell, anyCell)
  .map((cells) => cells.join(','));

describe('replay of a CSV file, whatever comes', () => {
  it('reads strictly forward: the score of a row rests on no later row', async () => {
    const rows = eventful();
    const whole = await scoresOf('load.csv', ['time,load,wait', ...rows].join('\n'));
    expect(whole.some((row) => Number(row.split(',').at(-2)) >= 0.997)).toBe(true);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 399 }),
        fc.array(anyRow, { maxLength: 30 }),
        async (cut, others) => {
          const changed = ['time,load,wait', ...rows.slice(0, cut), ...others].join('\n');
          expect((await scoresOf('load.csv', changed)).slice(0, cut)).toEqual(whole.slice(0, cut));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('writes a row for each row, in order, with scores from 0 to 1', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 60 }), async (rows) => {
        const scored = await scoresOf('any.csv', ['time,load,wait', ...rows].join('\n'));
        expect(scored.map((row) => row.replace(/,[^,]*,[^,]*$/, ''))).toEqual(rows);
        for (const row of scored) {
          const [anomaly, raw] = row.split(',').slice(-2).map(Number);
          expect(anomaly).toBeGreaterThanOrEqual(0);
          expect(raw).toBeLessThanOrEqual(1);
          expect(anomaly).toSatisfy((score: number) => score >= 0.997 || score <= Number(raw));
        }
      }),
      { numRuns: 100 },
    );
  });
});
