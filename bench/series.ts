/**
 * Many series in one pipeline: speed, memory, snapshot and restore of 10,000 series that arrive as points, as from a
 * scrape every 15 s, saved in the store that the daemon has. Times are CPU time, of all threads. With the flags that keep
 * the heap small: `node --max-semi-space-size=8 --heap-growing-percent=50 bench/series.ts [series] [points]`
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../src/adapters/sqlite/store.ts';
import type { MetricRecord } from '../src/domain/event.ts';
import { USUAL } from '../src/pipeline/options.ts';
import { createPipeline, type Pipeline } from '../src/pipeline/pipeline.ts';
import { cpu, parseNs } from './json-parse.ts';

const SERIES = Number(process.argv[2] ?? 10_000);
const POINTS = Number(process.argv[3] ?? 400);
const BATCH = 4096;
const START = Date.UTC(2026, 0, 5);

/** A fixed sequence: the same points each time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const random = sequence(7);
const noise = () => random() + random() + random() - 1.5;

/** Labels as a service mesh has them. */
const labels = Array.from({ length: SERIES }, (_, i) => ({
  instance: `10.0.${i % 7}.${i % 50}:9090`,
  method: ['GET', 'POST', 'PUT'][i % 3] ?? '',
  route: `/api/v1/items/${Math.floor(i / 150)}`,
}));

function recordsAt(n: number): readonly MetricRecord[] {
  return labels.map((metadata, i) => ({
    type: 'metric',
    timestamp: START + n * 15_000,
    metadata,
    data: { metricName: 'http_requests_total:rate', value: 10 + (i % 90) + noise() * (1 + (i % 5)) },
  }));
}

const pipelineOf = (): Pipeline => createPipeline({ ...USUAL, source: 'bench', dimensions: [] });

const folder = await mkdtemp(join(tmpdir(), 'vigilai-bench-'));
const path = join(folder, 'state.db');
const store = await openSqliteStore(path);
let written = 0;
let longest = 0;

/** Saves what changed, as the daemon does; the time of collecting it, ms: it blocks the event loop. */
async function commit(pipeline: Pipeline, at: number): Promise<number> {
  const from = cpu();
  const memory = pipeline.changes();
  const ms = cpu() - from;
  longest = Math.max(longest, ms);
  for (const bytes of memory.values()) written += bytes?.byteLength ?? 0;
  const nothing = {
    cursors: [],
    endedStreams: [],
    sightings: [],
    dead: [],
    rollups: [],
    kept: [],
    dropped: 0,
  };
  await store.commit({ source: 'bench', memory, events: SERIES, at, ...nothing });
  return ms;
}

const base = process.resourceUsage().maxRSS / 1024;
const pipeline = pipelineOf();
let judging = 0;
let saving = 0;
let opened = 0;
for (let n = 0; n < POINTS; n += 1) {
  const records = recordsAt(n);
  for (let i = 0; i < SERIES; i += BATCH) {
    const part = records.slice(i, i + BATCH);
    const offsets = part.map((_, k) => n * SERIES + i + k);
    const from = cpu();
    const { sightings } = pipeline.push({
      stream: 'bench',
      records: part,
      offsets,
      marks: null,
      receivedAt: START + n * 15_000,
    });
    judging += cpu() - from;
    opened += sightings.filter(({ kind }) => kind === 'opened').length;
  }
  saving += await commit(pipeline, START + n * 15_000);
}
const peak = process.resourceUsage().maxRSS / 1024;
await store.close();

const from = cpu();
const again = await openSqliteStore(path);
const memory = await again.memory('bench');
const restored = pipelineOf();
restored.restore(memory);
const restoring = cpu() - from;
await again.close();
const snapshot = [...memory.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
const same = JSON.stringify(restored.training()) === JSON.stringify(pipeline.training());

const judged = SERIES * POINTS;
const perPoint = (judging * 1000) / judged;
const unit = parseNs() / 1000;
const rows: readonly (readonly [string, string])[] = [
  ['series x points', `${SERIES} x ${POINTS}`],
  [
    'judging',
    `${perPoint.toFixed(2)} us a point, ${(perPoint / unit).toFixed(2)} JSON.parse (${unit.toFixed(2)} us)`,
  ],
  ['changes', `${(saving / POINTS).toFixed(1)} ms a commit, at most ${longest.toFixed(0)} ms`],
  ['written', `${(written / POINTS / 1e6).toFixed(2)} MB a commit`],
  ['snapshot', `${(snapshot / 1e6).toFixed(1)} MB in ${memory.size} parts`],
  ['restore', `${restoring.toFixed(0)} ms${same ? '' : ', and it is NOT the same'}`],
  ['peak RSS', `${peak.toFixed(0)} MB (${base.toFixed(0)} MB before)`],
  ['anomalies', String(opened)],
];
process.stdout.write(`${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}\n`);
await rm(folder, { recursive: true });
