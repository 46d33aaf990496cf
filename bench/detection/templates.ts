// Message templates: `vigilai templates --out` over labelled logs, a scorer over what was written, and the time that mining
// a message takes. The unit "pu" is one JSON.parse of a log line, measured in the same run.
//   node bench/detection/templates.ts DATA SCORER [more arguments of the scorer, such as --md]
// DATA has <System>/*.log; SCORER is a script that takes a folder of <System>.csv with LineId,template.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Level } from '../../src/domain/event.ts';
import { lineReader } from '../../src/pipeline/formats/reader.ts';
import { Miner } from '../../src/pipeline/messages/miner.ts';

const [data, scorer, ...more] = process.argv.slice(2);
if (data === undefined || scorer === undefined) {
  process.stderr.write('usage: node bench/detection/templates.ts DATA SCORER\n');
  process.exit(2);
}

const DOOR = join(import.meta.dirname, '../../bin/vigilai.ts');

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

const UNIT = JSON.stringify({
  time: '2026-01-05T00:00:00.000Z',
  level: 'info',
  service: 'orders',
  message: 'order 12345 accepted',
  path: '/api/users/12345/orders',
  status: 200,
  duration_ms: 12.34,
});
const UNITS = 200_000;

/** Least CPU time of one of `count` in five rounds, ns. */
function cpuOf(count: number, work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, user + system);
  }
  return (least / count) * 1000;
}

function parse(): number {
  let kept = 0;
  for (let i = 0; i < UNITS; i += 1) kept += JSON.parse(UNIT) === null ? 0 : 1;
  return kept;
}

function messagesOf(log: string): readonly (readonly [message: string, level: Level | null])[] {
  const reader = lineReader({ timezone: null, patterns: [] });
  const now = Date.now();
  return readFileSync(log, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const carried = reader.unwrap(line, now);
      const { message, level } = reader.read(carried?.text ?? line, now);
      return [message, level ?? carried?.level ?? null];
    });
}

/** Rounds over a log before it is measured, and in one measurement. */
const WARM = 20;
const ROUNDS = 40;

/** ns a message, once every message was seen. */
function miningOf(log: string): number {
  const messages = messagesOf(log);
  const mine = new Miner();
  const mineAll = (rounds: number) => {
    for (let i = 0; i < rounds; i += 1) for (const [message, level] of messages) mine.mine(message, level);
  };
  mineAll(WARM);
  return cpuOf(messages.length * ROUNDS, () => mineAll(ROUNDS));
}

const folder = mkdtempSync(join(tmpdir(), 'vigilai-templates-'));
const pu = cpuOf(UNITS, parse);
process.stdout.write(`1 pu = ${pu.toFixed(0)} ns\n\n| log | ns a message | pu |\n| --- | --- | --- |\n`);
try {
  let all = 0;
  const logs = globSync(join(data, '*/*.log')).toSorted();
  for (const log of logs) {
    const system = basename(dirname(log));
    node(DOOR, 'templates', log, '--out', join(folder, `${system}.csv`));
    const ns = miningOf(log);
    all += ns / logs.length;
    process.stdout.write(`| ${system} | ${ns.toFixed(0)} | ${(ns / pu).toFixed(2)} |\n`);
  }
  process.stdout.write(`| mean | ${all.toFixed(0)} | ${(all / pu).toFixed(2)} |\n\n`);
  process.stdout.write(node(scorer, folder, ...more));
} finally {
  rmSync(folder, { recursive: true });
}
