import { describe, expect, it } from 'vitest';
import type { SeriesName } from '../../../../src/pipeline/series/series.ts';
import { Rows } from '../../../../src/pipeline/together/rows.ts';
import { T0 } from '../../../support/log-lines.ts';

const SECOND = 1000;
const NAMES = ['a', 'b', 'c'];

/** A series that comes every `usual` ms. */
function series(place: number, usual = 60 * SECOND) {
  const name: SeriesName = { kind: 'point', metric: NAMES[place] ?? `m${place}`, dimension: null };
  return { place, name, usual };
}

/** Points as `[place, seconds, value]`; the rows that they made, as time in seconds and values. */
function rowsOf(rows: Rows, points: readonly (readonly [number, number, number])[], usual?: number) {
  return points.flatMap(([place, seconds, value]) =>
    rows
      .add(series(place, usual), T0 + seconds * SECOND, value)
      .map(({ time, values }) => [(time - T0) / SECOND, ...values]),
  );
}

const row = (seconds: number, ...places: readonly number[]) =>
  places.map((place) => [place, seconds, seconds + place] as const);

/** Two rows in which all three have come. */
function known(): Rows {
  const rows = new Rows(10 * SECOND);
  rowsOf(rows, [...row(0, 0, 1, 2), ...row(60, 0, 1, 2)]);
  return rows;
}

describe('points that are put together', () => {
  it('are a row as soon as nothing is missing', () => {
    expect(rowsOf(known(), row(120, 0, 1))).toEqual([]);
    expect(rowsOf(known(), row(120, 2, 0, 1))).toEqual([[120, 120, 121, 122]]);
  });

  it('are a row without what is missing once the next begins', () => {
    expect(rowsOf(known(), [...row(120, 0, 2), ...row(180, 0)])).toEqual([[120, 120, Number.NaN, 122]]);
  });

  it('do not wait for a metric that no longer comes', () => {
    const rows = known();
    rowsOf(
      rows,
      [120, 180, 240, 300].flatMap((seconds) => row(seconds, 0, 1)),
    );
    expect(rowsOf(rows, row(360, 0, 1)).at(-1)).toEqual([360, 360, 361, Number.NaN]);
  });

  it('make one row of a bucket, whatever comes late or twice', () => {
    expect(rowsOf(known(), [...row(120, 0, 1, 2), ...row(121, 0, 1), ...row(60, 2)])).toHaveLength(1);
  });

  it('that come oftener than buckets are their mean', () => {
    const rows = new Rows(10 * SECOND);
    const points = [0, 2, 4, 6, 8, 10].flatMap((seconds) => row(seconds, 0, 1));
    expect(rowsOf(rows, points, 2 * SECOND)).toEqual([[8, 4, 5]]);
  });

  it('follow a clock that was set back, once it is sure', () => {
    const rows = known();
    rowsOf(rows, row(30 * 86_400, 0, 1, 2));
    const later = Array.from({ length: 50 }, (_, i) => row(180 + 60 * i, 0, 1, 2)).flat();
    const made = rowsOf(rows, later);
    expect(made.at(-1)?.[0]).toBe(180 + 60 * 49);
    expect(made.length).toBeGreaterThan(10);
  });

  it('give the place of what has long not come to another, when there are too many', () => {
    const rows = new Rows(10 * SECOND);
    const first = Array.from({ length: 64 }, (_, i) => i);
    const second = first.map((i) => i + 64);
    rowsOf(rows, [...row(0, ...first), ...row(60, ...first)]);
    const made = rowsOf(
      rows,
      Array.from({ length: 1100 }, (_, i) => row(120 + 60 * i, 0, 1, ...second)).flat(),
    );
    expect(
      made
        .at(-1)
        ?.slice(1)
        .filter((value) => !Number.isNaN(value)),
    ).toHaveLength(64);
  });

  it('go on after a restore as if nothing had been', () => {
    const rows = known();
    rowsOf(rows, row(120, 0));
    const twin = new Rows(10 * SECOND);
    twin.restore(JSON.parse(JSON.stringify(rows.snapshot())));
    const rest = [...row(120, 1, 2), ...row(180, 0, 1), ...row(240, 0, 1, 2)];
    expect(rowsOf(twin, rest)).toEqual(rowsOf(rows, rest));
  });
});
