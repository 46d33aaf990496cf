import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBacklog } from '../../../src/adapters/sources/journal/backlog.ts';
import { apiInboxes } from '../../../src/adapters/sources/journal/find.ts';
import { receiver } from '../../../src/adapters/sources/journal/receiver.ts';
import { segmentsOf } from '../../../src/adapters/sources/journal/segments.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { VigilError } from '../../../src/domain/errors.ts';
import { type Reading, startReading } from '../../support/reading.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

let journals: string;
const open: Reading[] = [];
beforeEach(() => {
  journals = mkdtempSync(join(tmpdir(), 'vigilai-receiver-'));
});
afterEach(async () => {
  for (const reading of open.splice(0)) await reading.stop();
  rmSync(journals, { recursive: true, force: true });
});

function made(limit = 100_000, name = 'api', clock = systemClock()) {
  const backlog = createBacklog(limit);
  const options = { name, kind: 'api', journals, listen: null, backlog, durable: true } as const;
  return { ...receiver(options, clock), backlog };
}

function read(
  source: Parameters<typeof startReading>[0],
  from: Parameters<typeof startReading>[1] = [],
): Reading {
  const reading = startReading(source, from);
  open.push(reading);
  return reading;
}

const inbox = () => join(journals, readdirSync(journals)[0] ?? '');

describe('a receiver', () => {
  it('brings what it kept: lines, carried lines and events, in order', async () => {
    const { source, intake } = made();
    const line = {
      type: 'line',
      text: 'b',
      timestamp: 1,
      level: null,
      lane: 'x',
      partial: false,
      metadata: {},
    } as const;
    const point = {
      type: 'metric',
      timestamp: 2,
      data: { metricName: 'm', value: 3 },
      metadata: { a: 'b' },
    } as const;
    expect(await intake.accept(['a', line, point])).toBe('kept');
    const reading = read(source);
    await reading.until(() => reading.lines().length === 3);
    expect(reading.batches.flatMap(({ records }) => records)).toEqual(['a', line, point]);
  });

  it('has on the disk what it said it kept, whether anybody reads or not; the next reader finds it', async () => {
    const first = made();
    await first.intake.accept(['one', 'two']);
    const [segment] = await segmentsOf(inbox());
    expect(readFileSync(segment?.path ?? '', 'utf8').split('\n')).toHaveLength(3);
    expect(await apiInboxes(journals)).toEqual(['api']);
    const second = made();
    const reading = read(second.source);
    await reading.until(() => reading.lines().length === 2);
    expect(second.backlog.waiting).toBeGreaterThanOrEqual(0);
  });

  it('goes on from where it was saved, and neither loses nor repeats a record', async () => {
    const first = made();
    await first.intake.accept(['one', 'two', 'three']);
    const reading = read(first.source);
    await reading.until(() => reading.lines().length === 3);
    const [batch] = reading.batches;
    await reading.stop();
    const offset = batch?.offsets[1] ?? -1;
    const again = read(made().source, [{ stream: batch?.stream ?? '', offset, mark: null }]);
    await again.until(() => again.lines().length === 2);
    expect(again.places()).toEqual(reading.places().slice(1));
  });

  it('refuses what has no room, keeps none of it, and takes again once the rest is worked off', async () => {
    const { source, intake, backlog } = made(3);
    expect(await intake.accept(['a', 'b'])).toBe('kept');
    expect(await intake.accept(['c', 'd'])).toBe('full');
    expect(await intake.accept(['c'])).toBe('kept');
    expect(backlog.waiting).toBe(3);
    const reading = read(source);
    await reading.until(() => reading.lines().length === 3);
    expect(reading.lines()).toEqual(['a', 'b', 'c']);
    await reading.until(() => backlog.waiting === 0);
    expect(await intake.accept(['e', 'f', 'g'])).toBe('kept');
  });

  it('counts what an earlier process left as waiting', async () => {
    await made().intake.accept(['a', 'b', 'c']);
    const { source, backlog } = made();
    const batches = source.read([], new AbortController().signal)[Symbol.asyncIterator]();
    await batches.next();
    expect(backlog.waiting).toBe(3);
    await batches.return?.();
  });

  it('takes off a torn end, which nobody was told is kept, and writes on behind it', async () => {
    await made().intake.accept(['whole']);
    const [segment] = await segmentsOf(inbox());
    appendFileSync(segment?.path ?? '', '0badc0de "ha');
    const { source, intake } = made();
    await intake.accept(['next']);
    const reading = read(source);
    await reading.until(() => reading.lines().length === 2);
    expect(reading.lines()).toEqual(['whole', 'next']);
    expect(source.health().dropped).toBe(0);
  });

  it('skips and counts a damaged record, and gives its room back', async () => {
    const { source, intake, backlog } = made();
    await intake.accept(['one', 'two', 'three']);
    const [segment] = await segmentsOf(inbox());
    const path = segment?.path ?? '';
    writeFileSync(path, readFileSync(path, 'utf8').replace('two', 'twö').replace('\n', '\n'));
    truncateSync(path, statOf(path));
    const reading = read(source);
    await reading.until(() => reading.lines().length >= 1 && source.health().dropped >= 1);
    expect(reading.lines()).not.toContain('two');
    expect(source.health().lastError).toContain('damaged');
    await reading.until(() => backlog.waiting === 0);
  });

  it('deletes what is saved, once nothing more has come for a while', async () => {
    const clock = virtualClock();
    const { source, intake } = made(100, 'api', clock);
    await intake.accept(['secret']);
    const reading = read(source);
    await reading.until(() => reading.lines().length === 1);
    source.saved?.(reading.cursors());
    expect(await textOf(inbox())).toContain('secret');
    await clock.advance(6_000);
    await reading.until(() => {
      source.saved?.(reading.cursors());
      return !readdirSync(inbox()).some((name) =>
        readFileSync(join(inbox(), name), 'utf8').includes('secret'),
      );
    });
    await intake.accept(['more']);
    await reading.until(() => reading.lines().length === 2);
    expect(reading.lines()).toEqual(['secret', 'more']);
  });

  it('says that the disk refuses, and keeps nothing of it', async () => {
    writeFileSync(join(journals, 'file'), '');
    const backlog = createBacklog();
    const nowhere = { name: 'api', kind: 'api', journals: join(journals, 'file'), listen: null } as const;
    const { source, intake } = receiver({ ...nowhere, backlog, durable: true }, systemClock());
    await expect(intake.accept(['x'])).rejects.toBeInstanceOf(VigilError);
    expect(backlog.waiting).toBe(0);
    expect(source.health().lastError).toContain('cannot be written');
  });

  it('answers each of many writers, and loses and repeats none', async () => {
    const { source, intake } = made();
    const reading = read(source);
    const all = Array.from({ length: 200 }, (_, i) => [`${i}a`, `${i}b`]);
    const answers = await Promise.all(all.map((records) => intake.accept(records)));
    expect(new Set(answers)).toEqual(new Set(['kept']));
    await reading.until(() => reading.lines().length === 400);
    expect(reading.lines().toSorted()).toEqual(all.flat().toSorted());
  });

  it('loses nothing that is accepted while its reader stops and another one begins', async () => {
    const { source, intake } = made();
    const all: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const reading = read(source);
      await reading.until(() => source.health().state !== 'waiting');
      const records = Array.from({ length: 20 }, (_, i) => `${round}-${i}`);
      all.push(...records);
      const answers = records.map(async (record, i) => {
        for (let turn = 0; turn < i; turn += 1) await new Promise(setImmediate);
        return intake.accept([record]);
      });
      const stopped = reading.stop();
      expect(new Set(await Promise.all(answers))).toEqual(new Set(['kept']));
      await stopped;
    }
    const last = read(made().source);
    await last.until(() => last.lines().length >= all.length);
    expect(last.lines().toSorted()).toEqual(all.toSorted());
  });

  it('brings a record that is longer than any line may be', async () => {
    const { source, intake } = made();
    const long = 'x'.repeat(3 * 1024 * 1024);
    await intake.accept(['before', long, 'after']);
    const reading = read(source);
    await reading.until(() => reading.lines().length + source.health().dropped >= 3);
    expect(reading.lines().map((line) => line.length)).toEqual([6, long.length, 5]);
  });

  it('has room again after damaged records', async () => {
    const { source, intake, backlog } = made(3);
    await intake.accept(['one', 'two', 'three']);
    const [segment] = await segmentsOf(inbox());
    const path = segment?.path ?? '';
    writeFileSync(path, readFileSync(path, 'utf8').replace('two', 'owt'));
    const reading = read(source);
    await reading.until(() => source.health().dropped === 1 && reading.lines().length === 2);
    await reading.until(() => backlog.waiting === 0);
  });

  it('reads on when its journal was deleted and begins anew before the cursor', async () => {
    const first = made();
    await first.intake.accept(['one', 'two', 'three']);
    const reading = read(first.source);
    await reading.until(() => reading.lines().length === 3);
    const cursors = reading.cursors();
    await reading.stop();
    for (const { path } of await segmentsOf(inbox())) rmSync(path);
    const second = made();
    const again = read(second.source, cursors);
    await second.intake.accept(['four']);
    await again.until(() => again.lines().length === 1);
    expect(again.lines()).toEqual(['four']);
  });

  it('opens no socket when what was left cannot be counted', async () => {
    let isOpen = false;
    const close = async () => void (isOpen = false);
    const listen = async () => {
      isOpen = true;
      return { address: 'udp', close };
    };
    const backlog = createBacklog();
    const options = { name: 'udp', kind: 'receiver', journals, backlog, durable: true, listen } as const;
    const { source, intake } = receiver(options, systemClock());
    await intake.accept(['x']);
    const [segment] = await segmentsOf(inbox());
    rmSync(segment?.path ?? '');
    mkdirSync(segment?.path ?? '');
    const iterator = source.read([], new AbortController().signal)[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow('EISDIR');
    expect(isOpen).toBe(false);
  });

  it.each(['a b', '../up', 'a.api-inbox.1', '日本'.repeat(10), "!'()*~".repeat(10)])(
    'finds the inbox of %s again',
    async (name) => {
      await made(10, name).intake.accept(['x']);
      mkdirSync(join(journals, 'a%.api-inbox.1')); // made by somebody else
      expect(await apiInboxes(journals)).toEqual([name]);
      const reading = read(made(10, name).source);
      await reading.until(() => reading.lines().length === 1);
    },
  );

  it('listens only while it is read, and counts what was dropped', async () => {
    const closed: string[] = [];
    const backlog = createBacklog();
    const { source, intake } = receiver(
      {
        name: 'udp',
        kind: 'receiver',
        journals,
        backlog,
        durable: true,
        listen: async (way) => {
          way.drop(2);
          return { address: 'udp://127.0.0.1:1', close: async () => void closed.push('closed') };
        },
      },
      systemClock(),
    );
    await intake.accept(['x']);
    const reading = read(source);
    await reading.until(() => reading.lines().length === 1);
    expect(source.health().dropped).toBe(2);
    await reading.stop();
    expect(closed).toEqual(['closed']);
  });
});

const statOf = (path: string): number => readFileSync(path).length;
const textOf = async (folder: string): Promise<string> =>
  (await segmentsOf(folder)).map(({ path }) => readFileSync(path, 'utf8')).join('');
