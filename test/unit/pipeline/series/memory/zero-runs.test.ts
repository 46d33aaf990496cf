import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packZeroRuns, unpackZeroRuns } from '../../../../../src/pipeline/series/memory/zero-runs.ts';

describe('bytes that are mostly zeros', () => {
  it('come back, and where their packed form ends is known', () => {
    const run = fc.oneof(
      fc.nat(600).map((length) => Array.from({ length }, () => 0)),
      fc.array(fc.nat(255), { maxLength: 9 }),
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.nat(5), (runs, from) => {
        const bytes = Uint8Array.from(runs.flat());
        const packed = packZeroRuns(bytes);
        const among = Uint8Array.from([...new Uint8Array(from), ...packed, 7]);
        expect(unpackZeroRuns(among, from, bytes.length)).toEqual({ bytes, end: from + packed.length });
      }),
    );
  });

  it('take two bytes a run, at most 255 zeros each', () => {
    expect([...packZeroRuns(Uint8Array.of(5, 0, 0, 0, 9, 0))]).toEqual([5, 0, 3, 9, 0, 1]);
    expect([...packZeroRuns(new Uint8Array(256))]).toEqual([0, 255, 0, 1]);
  });
});
