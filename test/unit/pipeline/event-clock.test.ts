import { describe, expect, it } from 'vitest';
import { EventClock } from '../../../src/pipeline/event-clock.ts';
import { T0 } from '../../support/log-lines.ts';

const HOUR = 3_600_000;

describe('event clock', () => {
  it('goes forward with the events and allows a minute of disorder', () => {
    const clock = new EventClock();
    expect([T0, T0 + 5000, T0 + 1000].map((time) => clock.place(time))).toEqual([T0, T0 + 5000, T0 + 1000]);
    expect(clock.now).toBe(T0 + 5000);
  });

  it('does not follow one event from the far future, but a clock that really jumped', () => {
    const clock = new EventClock();
    clock.place(T0);
    expect(clock.place(T0 + 1e12)).toBeNull();
    expect([clock.place(T0 + 1), clock.now]).toEqual([T0 + 1, T0 + 1]);
    const day = T0 + 24 * HOUR;
    expect([day, day + 1, day + 2].map((time) => clock.place(time))).toEqual([null, null, day + 2]);
  });

  it('follows a daily figure from its fourth day on, and gaps in it', () => {
    const clock = new EventClock();
    const days = [0, 1, 2, 3, 4, 7].map((day) => T0 + day * 24 * HOUR);
    expect(days.map((time) => clock.place(time))).toEqual([days[0], null, null, ...days.slice(3)]);
    expect(clock.began).toBe(T0);
    expect(clock.place(T0 + 90 * 24 * HOUR)).toBeNull();
    const twin = new EventClock();
    twin.restore(clock.snapshot());
    expect(twin.place(T0 + 10 * 24 * HOUR)).toBe(T0 + 10 * 24 * HOUR);
  });

  it('does not follow events that are strewn over the future', () => {
    const clock = new EventClock();
    clock.place(T0);
    const strewn = [1, 90, 91, 400, 6, 2000].map((day) => T0 + day * 24 * HOUR);
    expect(strewn.map((time) => clock.place(time))).toEqual(strewn.map(() => null));
    expect(clock.now).toBe(T0);
  });

  it('passes over stragglers, but follows a clock that was set back', () => {
    const clock = new EventClock();
    clock.place(T0);
    expect(clock.place(T0 - HOUR)).toBeNull();
    for (let i = 0; i < 300; i += 1) clock.place(T0 - HOUR + i);
    expect(clock.now).toBe(T0 - HOUR + 299);
  });

  it('is not moved by what is no number', () => {
    const clock = new EventClock();
    clock.place(T0);
    expect([Number.NaN, Number.POSITIVE_INFINITY].map((time) => clock.place(time))).toEqual([null, null]);
    expect(clock.now).toBe(T0);
  });
});
