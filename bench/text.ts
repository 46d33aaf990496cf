// Plain text: the lines of real logs, repeated, through the whole of `replay` (reading, formats, joining, template mining,
// buckets, detectors). The unit "pu" is one JSON.parse of a line of bench/replay.ts, measured in the same run.
//   node bench/text.ts DIR [lines a log]
import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { filesBelow, readToEnd } from '../src/adapters/sources/file/bytes/read-to-end.ts';
import { writeText } from '../src/adapters/system/write-text.ts';
import { runReplay } from '../src/commands/replay/replay.ts';
import { USUAL } from '../src/pipeline/options.ts';

const DIR = process.argv[2] ?? '.';
const LINES = Number(process.argv[3] ?? 500_000);
const UNIT = JSON.stringify({
  time: '2026-01-05T00:00:00.000Z',
  level: 'info',
  service: 'orders',
  message: 'order 12345 accepted',
  path: '/api/users/12345/orders',
  status: 200,
  duration_ms: 12.34,
});

/** Microseconds of CPU, all threads of the process together. */
async function cpuOf(work: () => unknown): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return user + system;
}

function parseUnits(count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i += 1) kept += JSON.parse(UNIT) === null ? 0 : 1;
  return kept;
}

async function repeat(from: string, to: string): Promise<void> {
  const lines = readFileSync(from, 'latin1')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const out = createWriteStream(to, 'latin1');
  for (let at = 0; at < LINES; at += lines.length) {
    if (!out.write(`${lines.slice(0, LINES - at).join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

const clock = { now: () => Date.UTC(2026, 0, 5), sleep: () => Promise.resolve() };
const house = { clock, filesBelow, writeText, readToEnd: (path: string) => readToEnd(path, process.stdin) };
const table = { intervalMs: 60_000, ignore: new Set<string>() };
const options = { pipeline: USUAL, table, scores: null, sweep: false, json: false };
const mute = { out: () => undefined, note: () => undefined };
const folder = await mkdtemp(join(tmpdir(), 'vigilai-bench-'));
const logs = readdirSync(DIR, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.log'));
parseUnits(LINES);
const pu = (await cpuOf(() => parseUnits(LINES))) / LINES;
console.log(`1 pu = ${pu.toFixed(2)} us; ${LINES} lines of each log\n`);
console.log('| log | us a line | pu a line |');
console.log('| --- | --- | --- |');
let all = 0;
try {
  for (const log of logs.toSorted((a, b) => (a < b ? -1 : 1))) {
    const file = join(folder, basename(log));
    await repeat(join(DIR, log), file);
    const each = (await cpuOf(() => runReplay([file], house, options, mute))) / LINES;
    all += each;
    console.log(`| ${basename(log, '.log')} | ${each.toFixed(2)} | ${(each / pu).toFixed(2)} |`);
    await rm(file);
  }
  console.log(`| all | ${(all / logs.length).toFixed(2)} | ${(all / logs.length / pu).toFixed(2)} |`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
