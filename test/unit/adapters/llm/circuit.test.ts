import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  asOf,
  type Circuit,
  CLOSED,
} from '../../../../src/adapters/llm/circuit.ts';

const failed = (times: number, from: Circuit = CLOSED, now = 0): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((circuit) => afterFailure(circuit, now), from);
const OPEN = failed(5);

describe('a circuit', () => {
  it('opens after five failures in a row, and not before', () => {
    expect(failed(4)).toEqual({ state: 'closed', failures: 4 });
    expect(OPEN).toEqual({ state: 'open', since: 0 });
    expect(failed(4, afterSuccess(failed(4), 0))).toEqual({ state: 'closed', failures: 4 });
  });

  it('is half open after 30 s', () => {
    expect(asOf(OPEN, 29_999).state).toBe('open');
    expect(asOf(OPEN, 30_000)).toEqual({ state: 'half-open', successes: 0 });
  });

  it('closes after three successes in a row', () => {
    const one = afterSuccess(OPEN, 30_000);
    const two = afterSuccess(one, 30_001);
    expect([one, two]).toEqual([
      { state: 'half-open', successes: 1 },
      { state: 'half-open', successes: 2 },
    ]);
    expect(afterSuccess(two, 30_002)).toEqual(CLOSED);
  });

  it('opens again at the first failure while it is half open', () => {
    expect(afterFailure(afterSuccess(OPEN, 30_000), 30_001)).toEqual({ state: 'open', since: 30_001 });
  });

  it('never stays open for longer than 30 s without a further failure', () => {
    const steps = fc.array(fc.record({ worked: fc.boolean(), pause: fc.nat(60_000) }));
    fc.assert(
      fc.property(steps, (all) => {
        let now = 0;
        let circuit: Circuit = CLOSED;
        for (const { worked, pause } of all) {
          now += pause;
          circuit = (worked ? afterSuccess : afterFailure)(circuit, now);
        }
        expect(asOf(circuit, now + 30_000).state).not.toBe('open');
      }),
    );
  });
});
