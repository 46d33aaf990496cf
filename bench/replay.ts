/**
 * Speed of `replay`: the production pipeline over a generated JSON log, against bare JSON.parse of the same lines in the
 * same run, both as CPU time of all threads, which other processes disturb less. `node bench/replay.ts [lines]`
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow, readToEnd } from '../src/adapters/sources/file/bytes/read-to-end.ts';
import { writeText } from '../src/adapters/system/write-text.ts';
import { runReplay } from '../src/commands/replay/replay.ts';
import { USUAL } from '../src/pipeline/options.ts';

const LINES = Number(process.argv[2] ?? 1_000_000);

const PATHS = [
  '/health',
  '/api/users/%',
  '/api/users/%/orders',
  '/api/orders',
  '/api/orders/%',
  '/api/search',
  '/api/cart/%/items',
  '/login',
];
const MESSAGES = [
  'request completed',
  'GET % completed',
  'user % signed in',
  'cache miss for key session:%',
  'order % accepted',
  'sent mail to customer %',
  'query took % ms',
  'retrying upstream billing, attempt %',
];
const SERVICES = ['api', 'orders', 'users', 'billing'];

/** A fixed sequence: the same file each time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

async function generate(file: string): Promise<void> {
  const random = sequence(42);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const id = () => String(Math.floor(random() * 100_000));
  const out = createWriteStream(file);
  const start = Date.UTC(2026, 0, 5);
  let chunk = '';
  for (let i = 0; i < LINES; i += 1) {
    const level = random() < 0.97 ? 'info' : random() < 0.8 ? 'warn' : 'error';
    const status = random() < 0.98 ? 200 : random() < 0.7 ? 404 : 500;
    chunk += `${JSON.stringify({
      time: new Date(start + i * 5).toISOString(),
      level,
      service: pick(SERVICES),
      message: pick(MESSAGES).replace('%', id()),
      path: pick(PATHS).replace('%', id()),
      status,
      duration_ms: Math.round((2 + 20 * random() ** 3) * 100) / 100,
    })}\n`;
    if (chunk.length > 1 << 20) {
      if (!out.write(chunk)) await once(out, 'drain');
      chunk = '';
    }
  }
  out.end(chunk);
  await once(out, 'finish');
}

/** Milliseconds of CPU since `from`. */
function cpuSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Only JSON.parse is measured: reading and cutting into lines is not. */
async function bare(file: string): Promise<number> {
  let ms = 0;
  let kept = 0;
  for await (const { records } of readToEnd(file, process.stdin)) {
    const from = process.cpuUsage();
    for (const line of records) kept += JSON.parse(line) === null ? 0 : 1;
    ms += cpuSince(from);
  }
  if (kept !== LINES) throw new Error(`parsed ${kept} of ${LINES} lines`);
  return ms;
}

/** The command itself, with the reader that it has in production. */
async function replay(file: string) {
  const house = {
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    readToEnd: (path: string) => readToEnd(path, process.stdin),
    filesBelow,
    writeText,
  };
  const table = { intervalMs: 60_000, ignore: new Set<string>() };
  const options = { pipeline: USUAL, table, scores: null, sweep: false, json: false };
  let text = '';
  const began = performance.now();
  const from = process.cpuUsage();
  const out = (part: string) => {
    text += part;
  };
  await runReplay([file], house, options, { out, note: (said) => void process.stderr.write(`${said}\n`) });
  const seconds = (performance.now() - began) / 1000;
  return { ms: cpuSince(from), seconds, said: text.split('\n')[1]?.trim() ?? '' };
}

const folder = await mkdtemp(join(tmpdir(), 'vigilai-bench-'));
try {
  const file = join(folder, 'log.jsonl');
  await generate(file);
  const bytes = (await stat(file)).size / LINES;
  const parses: number[] = [];
  const replays: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const parse = await bare(file);
    const run = await replay(file);
    parses.push(parse);
    replays.push(run.ms);
    const rate = Math.round(LINES / run.seconds).toLocaleString('en');
    process.stdout.write(
      `round ${round + 1}: JSON.parse ${Math.round(parse)} ms of CPU, replay ${Math.round(run.ms)} ms, ratio ${(parse / run.ms).toFixed(3)}, ${rate} lines/s, ${run.said}\n`,
    );
  }
  const ratio = Math.min(...parses) / Math.min(...replays);
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${LINES} lines of ${bytes.toFixed(0)} bytes: ratio ${ratio.toFixed(3)}, peak ${peak.toFixed(0)} MB\n`,
  );
} finally {
  await rm(folder, { recursive: true });
}
