import { describe, expect, it } from 'vitest';
import { eventClock } from '../../../src/pipeline/event-clock.ts';
import { T0 } from '../../support/log-lines.ts';

const HOUR = 3_600_000;

describe('event clock', () => {
  it('goes forward with the events and allows a minute of disorder', () => {
    const clock = eventClock();
    expect([T0, T0 + 5000, T0 + 1000].map((time) => clock.place(time))).toEqual([T0, T0 + 5000, T0 + 1000]);
    expect(clock.now).toBe(T0 + 5000);
  });

  it('does not follow one event from the far future, but a clock that really jumped', () => {
    const clock = eventClock();
    clock.place(T0);
    expect(clock.place(T0 + 1e12)).toBeNull();
    expect([clock.place(T0 + 1), clock.now]).toEqual([T0 + 1, T0 + 1]);
    const day = T0 + 24 * HOUR;
    expect([day, day + 1, day + 2].map((time) => clock.place(time))).toEqual([null, null, day + 2]);
  });

  it('passes over stragglers, but follows a clock that was set back', () => {
    const clock = eventClock();
    clock.place(T0);
    expect(clock.place(T0 - HOUR)).toBeNull();
    for (let i = 0; i < 300; i += 1) clock.place(T0 - HOUR + i);
    expect(clock.now).toBe(T0 - HOUR + 299);
  });

  it('is not moved by what is no number', () => {
    const clock = eventClock();
    clock.place(T0);
    expect([Number.NaN, Number.POSITIVE_INFINITY].map((time) => clock.place(time))).toEqual([null, null]);
    expect(clock.now).toBe(T0);
  });
});
