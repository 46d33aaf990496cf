import { describe, expect, it } from 'vitest';
import { type ChartPoint, chart } from '../../src/tui/chart.ts';

const MINUTE = 60_000;
/** A calm line with one step far out of the usual range. */
const points = Array.from({ length: 40 }, (_, i): ChartPoint => {
  const value = i < 30 ? 10 + (i % 3) : 40;
  return { time: i * MINUTE, value, expected: [8, 14] };
});
const usual = { width: 48, height: 5, unicode: true, bars: false };

function drawn(some: readonly ChartPoint[], changes: Partial<typeof usual> = {}): string {
  const { lines } = chart(some, { ...usual, ...changes });
  return lines
    .map((runs) =>
      runs
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

describe('the picture of a series', () => {
  it('is a line of dots over the band of what is usual', () => {
    expect(drawn(points)).toMatchInlineSnapshot(`
      "40 ┤                                 ⢸⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
         ┤                                 ⡎
         ┤                                 ⡇
         ┤                                ⢰⠁
       8 ┤⠤⠒⠒⠤⠔⠒⠤⠔⠒⠢⠤⠒⠒⠤⠔⠒⠤⠔⠒⠢⠤⠒⠒⠤⠔⠒⠢⠤⠒⠢⠤⠒⠚░░░░░░░░░░░"
    `);
  });

  it('knows ASCII', () => {
    expect(drawn(points, { unicode: false })).toMatchInlineSnapshot(`
      "40 |                                 ***********
         |                                 *
         |                                 *
         |                                *
       8 |*********************************..........."
    `);
    expect(drawn(points, { unicode: false })).toMatch(/^[ -~\n]*$/);
  });

  it('stands on 0 where it counts', () => {
    const counts = [3, 1, 0, 5].map((value, i) => ({ time: i * MINUTE, value, expected: null }));
    expect(drawn(counts, { bars: true, unicode: false, width: 24 })).toMatchInlineSnapshot(`
      "5 |                    *
        |                    *
        |*                   *
        |*      *            *
      0 |*      *            *"
    `);
  });

  it('tells what lies outside, and finds the column of a time', () => {
    const { lines, column } = chart(points, usual);
    const strange = lines.flat().filter(({ look }) => look === 'strange');
    expect(strange.length).toBeGreaterThan(0);
    expect([column(0), column(39 * MINUTE), column(1e12)]).toEqual([4, 47, 47]);
  });

  it.each([
    ['one point', [{ time: 5, value: 7, expected: null }]],
    ['a constant', points.map((point) => ({ ...point, value: 0, expected: null }))],
    [
      'a range that is far wider than the values',
      points.map((p) => ({ ...p, expected: [-1e9, 1e9] as const })),
    ],
    ['huge values', points.map((point) => ({ ...point, value: point.value * 1e30 }))],
  ])('draws %s within its width', (_, some) => {
    const { lines } = chart(some, usual);
    expect(lines).toHaveLength(5);
    for (const runs of lines) expect(runs.map(({ text }) => text).join('')).toHaveLength(48);
    expect(lines.flat().some(({ look }) => look === 'value' || look === 'strange')).toBe(true);
  });
});
