const LINE = JSON.stringify({
  time: '2026-01-05T00:00:00.000Z',
  level: 'info',
  service: 'orders',
  message: 'query took 51234 ms',
  path: '/api/users/51234/orders',
  status: 200,
  duration_ms: 12.34,
});
const ROUNDS = 5;
const LINES = 100_000;

/** CPU time of one `JSON.parse` of a line of 150 bytes now, ns: the unit of bench/README.md. The best of some rounds. */
export function parseUnit(): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage();
    for (let i = 0; i < LINES; i += 1) JSON.parse(LINE);
    return nanoseconds(process.cpuUsage(from)) / LINES;
  });
  return Math.min(...rounds);
}

export function nanoseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) * 1000;
}
