import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { fileSource } from '../../src/adapters/sources/file/file-source.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Cursor } from '../../src/ports/source.ts';
import { type Reading, startReading } from '../support/reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigilai-rotations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A tenth of a second passes whenever somebody waits. */
function impatient(): Clock {
  let now = 0;
  return {
    now: () => now,
    async sleep() {
      now += 100;
      await nextTurn();
    },
  };
}

type Step =
  | { readonly do: 'append'; readonly lines: number; readonly lineEnd: boolean }
  | { readonly do: 'rotate'; readonly create: boolean }
  | { readonly do: 'stop' | 'catch up' | 'pack' | 'copy and truncate' };

const append = fc.record({
  do: fc.constant('append' as const),
  lines: fc.integer({ min: 1, max: 4 }),
  lineEnd: fc.boolean(),
});
const rotate = fc.record({ do: fc.constant('rotate' as const), create: fc.boolean() });
const simple = <T extends string>(...names: readonly T[]) =>
  fc.constantFrom(...names.map((name) => ({ do: name })));
const stepsOf = (...others: readonly fc.WeightedArbitrary<Step>[]) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: append }, ...others), {
    minLength: 1,
    maxLength: 12,
  });

const PART: Step = { do: 'append', lines: 1, lineEnd: false };
const GONE: Step = { do: 'rotate', create: false };
/** Two generations were read, and a third was rotated away while nobody was there: it must not end before the second. */
const YOUNGEST_UNREAD: Step[] = [GONE, PART, GONE, PART, { do: 'stop' }, PART, GONE, { do: 'catch up' }];

/** One log as its writer and logrotate treat it, and a daemon that is up or down. Every line is written once. */
function createWorld(paths: readonly string[]) {
  const root = mkdtempSync(join(folder, 'log-'));
  const log = join(root, 'app.log');
  const followed = paths.some((path) => path.includes('*'));
  const written: string[] = [];
  const read: string[] = [];
  let reading: Reading | null = null;
  let cursors: readonly Cursor[] = [];
  let time = 1_700_000_000;
  /** The last line has no line end yet. */
  let open = false;
  /** Whole lines of the file that is there now. */
  let whole = 0;
  /** One of them was read. */
  let seen = false;

  const touch = (path: string) => utimesSync(path, (time += 60), time);
  const exists = () => existsSync(log) && statSync(log).size > 0;
  /** Older generations are renumbered, as logrotate does it. */
  const shift = (): string => {
    for (let n = 20; n > 0; n -= 1) {
      for (const end of ['', '.gz']) {
        if (existsSync(`${log}.${n}${end}`)) renameSync(`${log}.${n}${end}`, `${log}.${n + 1}${end}`);
      }
    }
    return `${log}.1`;
  };
  const start = (): Reading => {
    reading ??= startReading(fileSource({ name: 'app', paths, root, endMarker: null }, impatient()), cursors);
    return reading;
  };

  const world = {
    append({ lines, lineEnd }: { readonly lines: number; readonly lineEnd: boolean }) {
      const fresh = Array.from({ length: lines }, (_, i) => `line ${written.length + i}`);
      appendFileSync(log, `${open ? '\n' : ''}${fresh.join('\n')}${lineEnd ? '\n' : ''}`);
      touch(log);
      written.push(...fresh);
      whole += lines + (open ? 1 : 0) - (lineEnd ? 0 : 1);
      open = !lineEnd;
    },
    async catchUp() {
      const running = start();
      await running.until(() => read.length + running.lines().length >= written.length - (open ? 1 : 0));
      seen = exists() && whole > 0;
    },
    async stop() {
      if (reading === null) return;
      await reading.stop();
      read.push(...reading.lines());
      cursors = reading.cursors();
      reading = null;
    },
    /** What was never seen is found by what was before it: so there has to be something before it. */
    async rotate({ create }: { readonly create: boolean }) {
      if (!exists()) return;
      if (!seen && (reading !== null || cursors.length === 0)) await world.sure();
      // Where the glob knows it afterwards it does not end, and a last line would wait for its end for ever.
      if (open && followed) appendFileSync(log, '\n');
      renameSync(log, shift());
      if (create) writeFileSync(log, '');
      open = false;
      whole = 0;
      seen = false;
    },
    /** At least one whole line of the file that is there now was read. */
    async sure() {
      if (open) world.append({ lines: 1, lineEnd: true });
      await world.catchUp();
    },
    async pack() {
      const path = `${log}.1`;
      if (reading !== null || !existsSync(path)) return;
      const { mtime } = statSync(path);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
      utimesSync(`${path}.gz`, mtime, mtime);
      unlinkSync(path);
    },
    /** What is written between the copy and the truncation is lost to everybody, so all is read before. */
    async copyAndTruncate() {
      if (!exists()) return;
      await world.sure();
      const copy = shift();
      copyFileSync(log, copy);
      touch(copy);
      truncateSync(log);
      const running = start();
      const [cursor] = running.cursors().slice(-1);
      await running.until(() => cursor === undefined || running.ended().includes(cursor.stream));
      whole = 0;
      seen = false;
    },
    written,
    read,
  };
  return world;
}

async function live(paths: readonly string[], steps: readonly Step[]): Promise<void> {
  const world = createWorld(paths);
  world.append({ lines: 1, lineEnd: true });
  await world.catchUp();
  for (const step of steps) {
    switch (step.do) {
      case 'append':
        world.append(step);
        break;
      case 'rotate':
        await world.rotate(step);
        break;
      case 'stop':
        await world.stop();
        break;
      case 'catch up':
        await world.catchUp();
        break;
      case 'pack':
        await world.pack();
        break;
      case 'copy and truncate':
        await world.copyAndTruncate();
        break;
    }
  }
  await world.stop();
  world.append({ lines: 1, lineEnd: true });
  await world.catchUp();
  await world.stop();
  expect(world.read.toSorted()).toEqual(world.written.toSorted());
}

it('Feature: vigilai-monitoring-platform, Property 23: Checkpoint Recovery - renamed, packed, stopped and started in any order, no line is lost or repeated', async () => {
  const steps = stepsOf(
    { weight: 2, arbitrary: rotate },
    { weight: 2, arbitrary: simple('stop', 'catch up') },
    { weight: 1, arbitrary: simple('pack') },
  );
  await fc.assert(
    fc.asyncProperty(steps, (them) => live(['app.log'], them)),
    { numRuns: 100, timeout: 5_000, examples: [[YOUNGEST_UNREAD]] },
  );
});

it('Feature: vigilai-monitoring-platform, Property 23: Checkpoint Recovery - the same where the glob knows the rotated names too', async () => {
  const steps = stepsOf(
    { weight: 2, arbitrary: rotate },
    { weight: 2, arbitrary: simple('stop', 'catch up') },
  );
  await fc.assert(
    fc.asyncProperty(steps, (them) => live(['app.*'], them)),
    { numRuns: 100, timeout: 5_000 },
  );
});

it('Feature: vigilai-monitoring-platform, Property 23: Checkpoint Recovery - the same where a log is copied and truncated after it was read', async () => {
  const steps = stepsOf({ weight: 2, arbitrary: simple('stop', 'catch up', 'copy and truncate') });
  await fc.assert(
    fc.asyncProperty(steps, (them) => live(['app.log'], them)),
    { numRuns: 100, timeout: 5_000 },
  );
});
