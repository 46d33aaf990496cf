import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSources, type Sources } from '../../../../src/daemon/intake/sources.ts';
import type { FoundJournal } from '../../../../src/daemon/parts.ts';
import { createWorld, type World } from '../../../support/daemon-world.ts';
import { AT } from '../../../support/nouns.ts';
import { type ScriptedSource, scriptedPipeline, scriptedSource } from '../../../support/scripted-source.ts';
import { type VirtualClock, virtualClock } from '../../../support/virtual-clock.ts';

let clock: VirtualClock;
let world: World;
let stop: AbortController;
let folder: string;
let found: FoundJournal[];
let opened: Map<string, ScriptedSource>;
let inboxes: string[];

beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
  stop = new AbortController();
  folder = join(world.folder, 'journals');
  mkdirSync(folder);
  found = [];
  opened = new Map();
  inboxes = [];
});
afterEach(() => world.close());

function start(...configured: readonly string[]): {
  readonly sources: Sources;
  readonly done: Promise<void>;
} {
  const files = configured.map((name) => ({ type: 'file', source: scriptedSource(name), intake: null }));
  for (const { source } of files) opened.set(source.name, source);
  const sources = createSources({
    parts: {
      version: '1',
      root: world.folder,
      paths: { socket: '', lock: '', state: '', journals: folder },
      idleMs: 1,
      retention: { days: 90, maxBytes: null, store: 'default' },
      backlog: () => 0,
      sources: files,
      http: [],
      openApiSource: (name) => ({ type: 'api', source: scriptedSource(name), intake: null }),
      findApiSources: async () => inboxes,
      openJournalSource(name) {
        const source = scriptedSource(name);
        opened.set(name, source);
        return source;
      },
      findJournals: async () => found,
      removeJournal: (path) => rm(path, { recursive: true }),
      createPipeline: scriptedPipeline,
      work: world.work,
    },
    announcer: { announce: () => undefined, flush: () => undefined },
    onCommit: () => undefined,
  });
  return { sources, done: sources.run(stop.signal) };
}

function journal(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function finish(done: Promise<void>): Promise<void> {
  stop.abort();
  await done;
}

const names = (sources: Sources) => sources.views().map((one) => `${one.type} ${one.name}`);

describe('sources', () => {
  it('go on beside one that fails', async () => {
    const { sources, done } = start('bad', 'good');
    await clock.settle();
    opened.get('bad')?.fail(new Error('gone'));
    await opened.get('good')?.yield('a');
    await clock.advance(1_000);
    expect(sources.views()).toMatchObject([
      { name: 'bad', state: 'failing' },
      { name: 'good', state: 'reading', events: 1 },
    ]);
    await finish(done);
  });

  it('give each journal a name of its own, and the same journal the same name', async () => {
    const { sources, done } = start('app');
    const [one, two] = [journal('1.log'), journal('2.log')];
    const given = await Promise.all([sources.attach('app', one), sources.attach('app', two)]);
    expect(given.toSorted()).toEqual(['app-2', 'app-3']);
    expect(await sources.attach('app', one)).toBe(given[0]);
    expect(names(sources).toSorted()).toEqual(['file app', 'journal app-2', 'journal app-3']);
    await finish(done);
  });

  it('take up the journals of an earlier daemon, under the names they had', async () => {
    const path = journal('npm.1.2.log');
    const first = start('app');
    await first.sources.attach('app', path);
    await finish(first.done);
    stop = new AbortController();
    found = [{ source: 'app', path }];
    const second = start();
    await vi.waitFor(() => expect(names(second.sources)).toEqual(['journal app-2']));
    await finish(second.done);
  });

  it('take up a journal once, whoever tells of it first', async () => {
    const path = journal('npm.1.2.log');
    found = [{ source: 'npm', path }];
    const { sources, done } = start();
    await clock.settle();
    expect(await sources.attach('npm', path)).toBe('npm');
    await clock.advance(61_000);
    expect(names(sources)).toEqual(['journal npm']);
    await finish(done);
  });

  it('remove a journal that is read out, with everything beside it', async () => {
    const path = journal('npm.1.2.log');
    const { sources, done } = start();
    await sources.attach('npm', path);
    await clock.settle();
    await opened.get('npm')?.yield('a');
    await opened.get('npm')?.end();
    await vi.waitFor(() => expect(sources.views()).toEqual([]));
    expect([existsSync(path), existsSync(`${path}.source`)]).toEqual([false, false]);
    await finish(done);
  });

  it('read the inboxes of an earlier daemon, however many there are', async () => {
    inboxes = Array.from({ length: 300 }, (_, i) => `api-${i}`);
    const { sources, done } = start();
    await vi.waitFor(() => expect(sources.views()).toHaveLength(300));
    await expect(sources.judge('one-more', [])).rejects.toMatchObject({ code: 'bad_request' });
    await finish(done);
  });

  it.each(['../vigilai.db', 'missing.log', '.'])('read no %s as a journal', async (file) => {
    const { sources, done } = start();
    await expect(sources.attach('x', join(folder, file))).rejects.toMatchObject({ code: 'bad_request' });
    await finish(done);
  });

  it('let events of any source in, but not of any number of sources', async () => {
    const { sources, done } = start('app');
    const event = {
      type: 'metric',
      source: 'x',
      stream: 'api',
      offset: 1,
      timestamp: AT,
      metadata: {},
      data: { metricName: 'm', value: 1 },
    } as const;
    await clock.settle();
    await sources.judge('app', [event]);
    for (let number = 0; number < 256; number += 1) await sources.judge(`s${number}`, [event]);
    expect(sources.views().filter((one) => one.type === 'api')).toHaveLength(256);
    await expect(sources.judge('one too many', [event])).rejects.toMatchObject({ code: 'bad_request' });
    expect(sources.lastEvent()).toBe(clock.now());
    await finish(done);
  });
});
