// HTTP ingest: a real daemon process, a real load generator, batches of 500 log events. Once with accepted events on the
// disk before they are acknowledged (fdatasync, the default), once without, once with the smallest request, as a floor.
//   node bench/ingest.ts [seconds] [connections]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';

const SECONDS = Number(process.argv[2] ?? 20);
const CONNECTIONS = Number(process.argv[3] ?? 4);
const BATCH = 500;

const events = Array.from({ length: BATCH }, (_, i) => ({
  source: 'shop',
  type: 'log',
  data: {
    message: `request ${i} completed`,
    level: i % 97 === 0 ? 'warn' : 'info',
    fields: { path: `/orders/${i}`, status: 200, duration_ms: 5 + (i % 17) },
  },
}));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Daemon {
  readonly port: number;
  stop(): Promise<void>;
}

async function start(syncWrites: boolean): Promise<Daemon> {
  const root = mkdtempSync(join(tmpdir(), 'vigilai-bench-'));
  const port = await freePort();
  const config = { sources: [{ type: 'http', port }], automation: 'observe', daemon: { syncWrites } };
  writeFileSync(join(root, 'vigilai.config.json'), JSON.stringify(config));
  const home = { XDG_STATE_HOME: join(root, 's'), XDG_RUNTIME_DIR: join(root, 'r'), XDG_CONFIG_HOME: root };
  const program = join(import.meta.dirname, '../bin/vigilai.ts');
  const child = spawn(process.execPath, [program, 'daemon', 'run', '--root', root], {
    env: { ...process.env, ...home },
    stdio: 'ignore',
  });
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function load(port: number, body: string): Promise<string> {
  const latencies: number[] = [];
  const { promise: ended, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const run = autocannon(
    {
      url: `http://127.0.0.1:${port}/api/v1/events`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      connections: CONNECTIONS,
      duration: SECONDS,
    },
    (error, done) => (error === null ? resolve(done) : reject(error)),
  );
  run.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  const result = await ended;
  const sorted = latencies.toSorted((a, b) => a - b);
  const q = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  const batch = (JSON.parse(body) as { events: unknown[] }).events.length;
  const kept = (result['2xx'] * batch) / result.duration;
  return `${Math.round(kept).toLocaleString('en')} | ${q(0.5)} ms | ${q(0.95)} ms | ${result.non2xx} |`;
}

console.log(`${CONNECTIONS} connections, ${SECONDS} s each; 429 means: come again, too much waits\n`);
console.log('| acceptance | events a batch | events/s kept | p50 | p95 | answers 429 |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const [name, syncWrites, count] of [
  ['durable', true, BATCH],
  ['not synced', false, BATCH],
  ['durable', true, 1],
] as const) {
  const daemon = await start(syncWrites);
  try {
    console.log(
      `| ${name} | ${count} | ${await load(daemon.port, JSON.stringify({ events: events.slice(0, count) }))}`,
    );
  } finally {
    await daemon.stop();
  }
}
