import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { connect } from '../../src/client/connect.ts';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import type { Store } from '../../src/ports/store.ts';
import { type DaemonFolder, daemonFolder, until } from '../support/daemon-process.ts';

const LINES = 200_000;
const KILLS = 20;
const FAULTS = 30;
/** Lines before the first fault: what is usual must be known by then. */
const CALM = 2_000;
const FAULT_EVERY = 97;
const SEED = 20_260_105;

let at: DaemonFolder;
let store: Store;
beforeEach(async () => {
  at = daemonFolder();
  store = await openSqliteStore(join(at.folder, 'vigilai.db'));
});
afterEach(async () => {
  await store.close();
  at.remove();
});

it(`is killed ${KILLS} times at random while ${LINES} lines arrive, and counts every one exactly once`, {
  timeout: 240_000,
}, async () => {
  const random = seeded(SEED);
  const file = join(at.folder, 'app.log');
  writeFileSync(file, '');
  const text = Array.from({ length: LINES }, (_, index) => lineAt(index));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const from = (LINES / KILLS) * kill;
    const part = text.slice(from, from + LINES / KILLS).join('');
    const daemon = at.run({ files: [file] });
    const gone = new Promise((resolve) => daemon.once('exit', resolve));
    await Promise.all([
      append(file, part, random),
      pause(200 + random() * 1_800).then(() => daemon.kill('SIGKILL')),
    ]);
    await gone;
  }

  const last = at.run({ files: [file] });
  const left = new Promise((resolve) => last.once('exit', resolve));
  await until('everything is read', async () => (await eventsRead()) >= LINES, 60_000).catch(explain);
  last.kill('SIGTERM');
  await left;

  expect(await eventsRead()).toBe(LINES);
  expect(await store.cursors('app')).toMatchObject([{ offset: statSync(file).size }]);
  const errors = (await allAnomalies()).filter((one) => one.kind === 'error');
  const counted = errors.map((one): [string, number] => [one.sample.trace?.errorType ?? '', one.occurrences]);
  expect(counted).toHaveLength(FAULTS);
  expect(new Map(counted)).toEqual(expectedCounts());
  const fingerprints = (await allAnomalies()).map((one) => one.fingerprint);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});

function faultAt(index: number): number | null {
  return index >= CALM && index % FAULT_EVERY === 0 ? (index / FAULT_EVERY) % FAULTS : null;
}

/** One line, one event, one millisecond; every 97th is one of thirty errors with its stack. */
function lineAt(index: number): string {
  const time = new Date(Date.UTC(2026, 0, 5, 12) + index).toISOString();
  const fault = faultAt(index);
  if (fault === null) return `${JSON.stringify({ time, level: 'info', msg: `request ${index} done` })}\n`;
  const type = typeOf(fault);
  const stack = `${type}: it broke\n    at step${fault} (/app/src/step${fault}.js:${fault + 1}:1)\n    at main (/app/src/main.js:9:2)`;
  return `${JSON.stringify({ time, level: 'error', msg: 'it broke', err: { type, message: 'it broke', stack } })}\n`;
}

const typeOf = (fault: number) => `Fault${String(fault).padStart(2, '0')}Error`;

function expectedCounts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < LINES; index += 1) {
    const fault = faultAt(index);
    if (fault === null) continue;
    const type = typeOf(fault);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** As a program writes: in pieces that end anywhere, also within a line. */
async function append(file: string, text: string, random: () => number): Promise<void> {
  let written = 0;
  while (written < text.length) {
    const size = 1 + Math.floor(random() * 120_000);
    appendFileSync(file, text.slice(written, written + size));
    written += size;
    await pause(random() * 100);
  }
}

async function eventsRead(): Promise<number> {
  return (await store.sourceTotals()).find((one) => one.source === 'app')?.events ?? 0;
}

/** What one wants to know when lines are missing. */
async function explain(error: unknown): Promise<never> {
  const client = await connect(at.socket);
  const sources = client === null ? 'no daemon answers' : JSON.stringify((await client.status()).sources);
  const cursors = JSON.stringify(await store.cursors('app'));
  const log = readFileSync(at.log, 'utf8').slice(-2_000);
  throw new Error(`${String(error)}: ${await eventsRead()} events, ${cursors}, ${sources}\n${log}`);
}

async function allAnomalies(): Promise<readonly Anomaly[]> {
  const query = {
    status: null,
    from: null,
    to: null,
    confidenceMin: null,
    source: null,
    after: null,
    limit: 500,
  };
  return (await store.anomalies(query)).items;
}

/** mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
