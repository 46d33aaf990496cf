// Live tail: another process appends JSON lines at a steady rate to a file that a whole source (file reader, pipeline with
// all detectors, SQLite store, supervisor) follows. Measured: from the write to the end of the pipeline's push, per line.
//   node bench/tail.ts [lines a second] [seconds]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSource } from '../src/adapters/sources/file/file-source.ts';
import { openSqliteStore } from '../src/adapters/sqlite/store.ts';
import { systemClock } from '../src/adapters/system/clock.ts';
import { supervise } from '../src/daemon/intake/supervisor.ts';
import { USUAL } from '../src/pipeline/options.ts';
import { createPipeline, type Pipeline } from '../src/pipeline/pipeline.ts';

const RATE = Number(process.argv[2] ?? 10_000);
const SECONDS = Number(process.argv[3] ?? 60);
/** Not counted: the reader finds the file, code is compiled. */
const WARM_SECONDS = 3;

/** Appends `rate` lines a second in slices of a millisecond; each line carries when it was written. */
const WRITER = `
const { appendFileSync, openSync } = require('node:fs');
const [file, rate, seconds] = process.argv.slice(1);
const out = openSync(file, 'a');
const start = performance.now();
let written = 0;
const levels = ['info', 'info', 'info', 'warn'];
function step() {
  const elapsed = performance.now() - start;
  const due = Math.min(Math.floor(elapsed / 1000 * rate), rate * seconds);
  let text = '';
  for (; written < due; written += 1) {
    const now = performance.timeOrigin + performance.now();
    text += '{"t":' + now.toFixed(3) + ',"time":' + Math.floor(now) + ',"level":"' + levels[written & 3] +
      '","service":"shop","msg":"request ' + written + ' handled","path":"/orders/' + (written % 977) +
      '","status":200,"duration_ms":' + (5 + (written % 17)) + '}\\n';
  }
  if (text !== '') appendFileSync(out, text);
  if (written < rate * seconds) setTimeout(step, 1); else process.exit(0);
}
step();
`;

const folder = mkdtempSync(join(tmpdir(), 'vigilai-bench-'));
const file = join(folder, 'app.log');
writeFileSync(file, '');
const clock = systemClock();
const store = await openSqliteStore(join(folder, 'vigilai.db'));
const total = RATE * (SECONDS + WARM_SECONDS);
const latencies = new Float64Array(total);
let seen = 0;

/** The production pipeline; after each push the age of its lines is noted. */
function measured(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    push(batch) {
      const pushed = pipeline.push(batch);
      const now = performance.timeOrigin + performance.now();
      for (const record of batch.records) {
        const line = String(record);
        latencies[seen] = now - Number(line.slice(5, line.indexOf(',')));
        seen += 1;
      }
      return pushed;
    },
  };
}

const source = fileSource({ name: 'app', paths: [file], root: folder, endMarker: null }, clock);
const silent = { debug() {}, info() {}, warn() {}, error: console.error };
const supervisor = supervise({ type: 'file', source, intake: null }, null, {
  store,
  clock,
  log: silent,
  createPipeline: (name) => measured(createPipeline({ ...USUAL, source: name, dimensions: ['path'] })),
  onCommit: () => undefined,
});
const stop = new AbortController();
const running = supervisor.run(stop.signal);
const writer = spawn(process.execPath, ['-e', WRITER, file, String(RATE), String(SECONDS + WARM_SECONDS)], {
  stdio: 'inherit',
});
while (seen < RATE * WARM_SECONDS) await clock.sleep(20);
const [cpu, from] = [process.cpuUsage(), performance.now()];
await new Promise((resolve) => writer.once('exit', resolve));
const used = process.cpuUsage(cpu);
const wall = performance.now() - from;
const atEnd = seen;
while (seen < total) await clock.sleep(20);
const caughtUp = performance.now() - from - wall;
stop.abort();
await running;
await store.close();
rmSync(folder, { recursive: true, force: true });

const sorted = latencies.subarray(RATE * WARM_SECONDS).toSorted();
const q = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
console.log(
  '| lines/s | seconds | p50 | p95 | p99 | max | CPU of one core | behind at the end | peak memory |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
console.log(
  `| ${RATE} | ${SECONDS} | ${q(0.5)} ms | ${q(0.95)} ms | ${q(0.99)} ms | ${q(0.999999)} ms | ` +
    `${(((used.user + used.system) / 1000 / wall) * 100).toFixed(1)}% | ${total - atEnd} lines, ${caughtUp.toFixed(0)} ms | ` +
    `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB |`,
);
