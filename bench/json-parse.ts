const LINE = JSON.stringify({
  time: new Date(Date.UTC(2026, 0, 5)).toISOString(),
  level: 'info',
  service: 'orders',
  message: 'query took 51234 ms',
  path: '/api/users/51234/orders',
  status: 200,
  duration_ms: 12.34,
});
/** Many more than the engine needs to compile it. */
const TIMES = 100_000;

/** CPU time of the process so far, ms: on a shared machine it says more than the clock. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** One `JSON.parse` of a line of 150 bytes, ns: the unit "pu" of bench/README.md. */
export function parseNs(): number {
  const from = cpu();
  for (let i = 0; i < TIMES; i += 1) JSON.parse(LINE);
  return ((cpu() - from) * 1e6) / TIMES;
}

const ROUNDS = 5;

/** The best of some rounds, for who measures once. */
export function leastParseNs(): number {
  return Math.min(...Array.from({ length: ROUNDS }, parseNs));
}
