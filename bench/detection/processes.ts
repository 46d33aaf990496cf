/** What series are made of: noise with a memory, days and weeks. */
import { between, normal, type Random } from './random.ts';

export const DAY = 86_400_000;
/** A Monday. */
export const START = Date.UTC(2026, 0, 5);

/** Gaussian noise of mean 0 and variance 1 in which `memory` (0..1) of each step is left in the next: AR(1). */
export function autoregressive(random: Random, memory: number): () => number {
  const fresh = Math.sqrt(1 - memory * memory);
  let value = normal(random);
  return () => {
    value = memory * value + fresh * normal(random);
    return value;
  };
}

/** A value for a time, epoch ms. */
export type Course = (time: number) => number;

/** The course of a day, within -1..1, mean 0: a few harmonics. */
export function daily(random: Random): Course {
  const harmonics = [1, between(random, 0, 0.5), between(random, 0, 0.3)].map((size, i) => ({
    size,
    speed: (2 * Math.PI * (i + 1)) / DAY,
    phase: between(random, 0, 2 * Math.PI),
  }));
  const whole = harmonics.reduce((sum, { size }) => sum + size, 0);
  return (time) =>
    harmonics.reduce((sum, { size, speed, phase }) => sum + size * Math.cos(speed * time + phase), 0) / whole;
}

const HOUR = DAY / 24;
/** How long the change to the weekend takes, and back. */
const GLIDE = 3 * HOUR;

/** 1 on weekdays, `weekend` on Saturday and Sunday, UTC. */
export function weekly(weekend: number): Course {
  const begin = START - 2 * DAY - GLIDE / 2;
  return (time) => {
    const into = (((time - begin) % (7 * DAY)) + 7 * DAY) % (7 * DAY);
    const inside = Math.min(into, 2 * DAY + GLIDE - into) / GLIDE;
    return 1 - (1 - weekend) * Math.max(0, Math.min(1, inside));
  };
}
