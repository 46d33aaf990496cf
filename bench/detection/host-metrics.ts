import { autoregressive, DAY } from './processes.ts';
import {
  between,
  integerBetween,
  logBetween,
  normal,
  pick,
  poisson,
  type Random,
  studentT,
} from './random.ts';

/** What all metrics of a host share at one moment. */
export interface HostState {
  /** Epoch ms. */
  readonly time: number;
  /** Traffic as a share of the usual, above 0. */
  readonly load: number;
  /** How busy batch work keeps the host, 0 for not at all. */
  readonly batch: number;
  /** Since the last restart, ms. */
  readonly up: number;
  /** Share of all memory that is used beside what is usual, 0 but for a leak. */
  readonly leak: number;
}

/** The value in a state, `shift` standard deviations of the metric's own noise away. To be asked once a row, in order. */
export type HostMetric = (state: HostState, shift: number) => number;

/** What a metric mainly depends on. */
export type Group = 'load' | 'cpu' | 'memory' | 'disk' | 'own' | 'constant';

export interface MetricKind {
  readonly group: Group;
  readonly make: (random: Random, intervalMs: number) => HostMetric;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The kinds in the order in which small hosts have them: five metrics are the first five. */
export const METRIC_KINDS: Readonly<Record<string, MetricKind>> = {
  'cpu percent': { group: 'cpu', make: cpuPercent },
  'memory percent': { group: 'memory', make: memoryPercent },
  requests: { group: 'load', make: requests },
  'network bytes': { group: 'load', make: follower },
  'disk writes': { group: 'disk', make: diskWrites },
  latency: { group: 'cpu', make: latency },
  'load average': { group: 'cpu', make: loadAverage },
  connections: { group: 'load', make: connections },
  errors: { group: 'own', make: errors },
  'disk percent': { group: 'own', make: diskPercent },
  'network packets': { group: 'load', make: follower },
  'system percent': { group: 'cpu', make: cpuPercent },
  processes: { group: 'own', make: processes },
  constant: { group: 'constant', make: constant },
  cached: { group: 'memory', make: memoryPercent },
  temperature: { group: 'own', make: temperature },
  'disk reads': { group: 'disk', make: diskWrites },
  'cron job': { group: 'own', make: cronJob },
  swap: { group: 'memory', make: swap },
};

/** Noise of variance 1 that is forgotten to a third within `tau`. */
function noise(random: Random, intervalMs: number, tau: number): () => number {
  return autoregressive(random, Math.exp(-intervalMs / tau));
}

/** Most of what a metric does by itself is gone with the next point, a part stays for minutes. */
function ownNoise(random: Random, intervalMs: number): () => number {
  const slow = noise(random, intervalMs, logBetween(random, 2 * MINUTE, 20 * MINUTE));
  const part = between(random, 0.2, 0.7);
  return () => Math.sqrt(part) * slow() + Math.sqrt(1 - part) * normal(random);
}

function percent(value: number, step: number): number {
  return Math.max(0, Math.min(100, Math.round(value / step) * step));
}

function cpuPercent(random: Random, intervalMs: number): HostMetric {
  const idle = between(random, 1, 8);
  const swing = between(random, 8, 40);
  const deviation = between(random, 0.5, 3);
  const batchPart = between(random, 5, 30);
  const step = pick(random, [0.01, 0.1, 1]);
  const next = ownNoise(random, intervalMs);
  return ({ load, batch }, shift) =>
    percent(idle + swing * load + batchPart * batch + deviation * (next() + shift), step);
}

/** Grows after a restart towards what the cache takes. */
function memoryPercent(random: Random, intervalMs: number): HostMetric {
  const base = between(random, 15, 40);
  const cache = between(random, 5, 30);
  const filled = logBetween(random, 2 * HOUR, 3 * DAY);
  const loaded = between(random, 0, 3);
  const deviation = between(random, 0.1, 0.6);
  const next = noise(random, intervalMs, between(random, 1, 20) * MINUTE);
  return ({ load, up, leak }, shift) => {
    const whole = base + cache * (1 - Math.exp(-up / filled)) + loaded * load + 100 * leak;
    return percent(whole + deviation * (next() + shift), 0.01);
  };
}

function requests(random: Random, intervalMs: number): HostMetric {
  const usual = logBetween(random, 0.5, 200) * (intervalMs / 1000);
  return ({ load }, shift) => poisson(random, Math.max(0, usual * load + shift * Math.sqrt(usual)));
}

/** Bytes, packets: in proportion to a power of the load. */
function follower(random: Random, intervalMs: number): HostMetric {
  const usual = logBetween(random, 1e3, 1e7);
  const power = between(random, 0.6, 1.2);
  const sigma = between(random, 0.03, 0.2);
  const next = ownNoise(random, intervalMs);
  return ({ load, batch }, shift) =>
    Math.round(usual * (load ** power + 0.3 * batch) * Math.exp(sigma * (next() + shift)));
}

/** Bursts with a heavy tail, and a background. */
function diskWrites(random: Random, intervalMs: number): HostMetric {
  const usual = logBetween(random, 10, 1e5);
  const sigma = between(random, 0.2, 0.6);
  const next = ownNoise(random, intervalMs);
  const worked = logBetween(random, 2, 20);
  return ({ load, batch }, shift) => {
    const burst = random() < 0.01 ? Math.abs(studentT(random, 3)) : 0;
    return Math.round(
      usual * (0.4 + 0.3 * load + worked * batch + 2 * burst) * Math.exp(sigma * (next() + shift)),
    );
  };
}

function latency(random: Random, intervalMs: number): HostMetric {
  const level = logBetween(random, 2, 300);
  const sigma = between(random, 0.05, 0.3);
  const steep = between(random, 0.1, 0.5);
  const next = ownNoise(random, intervalMs);
  return ({ load, batch, leak }, shift) =>
    level * Math.exp(steep * (load - 1) + 0.2 * batch + 3 * leak * leak + sigma * (next() + shift));
}

/** Of some minutes, as kernels smooth it. */
function loadAverage(random: Random, intervalMs: number): HostMetric {
  const share = 1 - Math.exp(-intervalMs / (pick(random, [1, 5, 15]) * MINUTE));
  const usual = between(random, 0.2, 8);
  const deviation = 0.3 * usual;
  let smooth: number | null = null;
  return ({ load, batch }, shift) => {
    const now = Math.max(0, usual * (load + 0.7 * batch) + deviation * (normal(random) + shift));
    smooth = smooth === null ? now : smooth + share * (now - smooth);
    return Math.round(100 * smooth) / 100;
  };
}

function connections(random: Random, intervalMs: number): HostMetric {
  const usual = logBetween(random, 5, 2000);
  const deviation = 0.5 * Math.sqrt(usual) + 0.03 * usual;
  const next = noise(random, intervalMs, between(random, 1, 10) * MINUTE);
  return ({ load }, shift) => Math.round(Math.max(0, usual * load + deviation * (next() + shift)));
}

/** Hardly ever one; the rate goes with the load. */
function errors(random: Random): HostMetric {
  const usual = logBetween(random, 0.01, 0.3);
  return ({ load }, shift) => poisson(random, Math.max(0, usual * load + shift * Math.sqrt(usual)));
}

/** Fills slowly and is cleaned once a day. */
function diskPercent(random: Random): HostMetric {
  const base = between(random, 10, 70);
  const fill = between(random, 0.5, 8);
  const growth = between(random, 0, 0.3);
  const phase = between(random, 0, DAY);
  let began: number | null = null;
  return ({ time }, shift) => {
    began ??= time;
    const whole = base + (growth * (time - began)) / DAY + (fill * ((time + phase) % DAY)) / DAY;
    return percent(whole + 0.05 * (shift + 0.2 * normal(random)), 0.01);
  };
}

/** Stays for minutes to hours, and then is a neighbour. */
function processes(random: Random, intervalMs: number): HostMetric {
  const usual = integerBetween(random, 2, 200);
  const spread = Math.max(1, Math.round(0.03 * usual));
  const stay = Math.exp(-intervalMs / logBetween(random, 2 * MINUTE, 2 * HOUR));
  let value = usual;
  return (_, shift) => {
    if (random() > stay) value = integerBetween(random, usual - spread, usual + spread);
    return Math.max(0, Math.round(value + 0.6 * spread * shift));
  };
}

function constant(random: Random): HostMetric {
  const value = pick(random, [0, 0, 1, 4096, 65_536]);
  return () => value;
}

function temperature(random: Random, intervalMs: number): HostMetric {
  const level = between(random, 35, 60);
  const slow = noise(random, intervalMs, between(random, 2, 12) * HOUR);
  return ({ load, batch }, shift) =>
    Math.round(level + 2 * slow() + 2 * load + batch + 0.4 * (normal(random) + shift));
}

/** Work that is done each hour, or each six hours, for some minutes. */
function cronJob(random: Random, intervalMs: number): HostMetric {
  const period = pick(random, [HOUR, 6 * HOUR]);
  const phase = between(random, 0, period);
  const lasts = Math.max(intervalMs, between(random, 1, 10) * MINUTE);
  const height = logBetween(random, 10, 1e5);
  return ({ time }, shift) => {
    const works = (time + phase) % period < lasts;
    return Math.round(height * Math.max(0, (works ? 1 : 0.02) + 0.03 * (normal(random) + shift)));
  };
}

/** Nothing, until memory is short. */
function swap(random: Random): HostMetric {
  const usual = random() < 0.5 ? 0 : between(random, 0.1, 3);
  return ({ leak }, shift) =>
    percent(usual + 100 * Math.max(0, leak - 0.25) + 0.02 * Math.max(0, shift), 0.01);
}
