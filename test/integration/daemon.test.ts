import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { connect, probe } from '../../src/client/connect.ts';
import { ensureDaemon } from '../../src/client/ensure-daemon.ts';
import { VigilError } from '../../src/domain/errors.ts';
import { type DaemonFolder, daemonFolder, isAlive, until } from '../support/daemon-process.ts';

let at: DaemonFolder;
beforeEach(() => {
  at = daemonFolder();
});
afterEach(() => at.remove());

const line = (message: string) =>
  `${JSON.stringify({ time: new Date().toISOString(), level: 'info', msg: message })}\n`;

function trace(name: string): string {
  const stack = `TypeError: ${name} is undefined\n    at ${name} (/app/src/${name}.js:3:1)\n    at main (/app/src/main.js:9:2)`;
  return `${JSON.stringify({ time: new Date().toISOString(), level: 'error', msg: 'failed', err: { type: 'TypeError', message: `${name} is undefined`, stack } })}\n`;
}

describe('ensureDaemon', () => {
  it('starts one where none runs, and finds it the next time', async () => {
    const first = await (await ensureDaemon(at.ensure())).status();
    const second = await (await ensureDaemon(at.ensure())).status();
    expect(second.pid).toBe(first.pid);
    expect(isAlive(first.pid)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['the lock of a killed one', JSON.stringify({ pid: 2 ** 22 + 1, token: 'x', version: '1' })],
  ])('gives four that start at once over %s the same daemon', async (_, lock) => {
    if (lock !== '') writeFileSync(join(at.folder, 'daemon.lock'), lock);
    const clients = await Promise.all([1, 2, 3, 4].map(() => ensureDaemon(at.ensure())));
    const pids = await Promise.all(clients.map(async (client) => (await client.status()).pid));
    expect(new Set(pids).size).toBe(1);
    expect(at.started()).toEqual([pids[0]]);
  });

  it('replaces a daemon of another version, which saves and leaves first', async () => {
    const old = await (await ensureDaemon(at.ensure({ version: '1.0.0' }))).status();
    const client = await ensureDaemon(at.ensure({ version: '2.0.0' }));
    expect((await client.status()).version).toBe('2.0.0');
    await until('the old one is gone', () => !isAlive(old.pid));
  });

  it('starts a new one after kill -9', async () => {
    const first = await (await ensureDaemon(at.ensure())).status();
    process.kill(first.pid, 'SIGKILL');
    const second = await (await ensureDaemon(at.ensure())).status();
    expect(second.pid).not.toBe(first.pid);
  });

  it('says at once why the daemon cannot start', async () => {
    const want = at.ensure();
    const argv = [process.execPath, '-e', 'console.error("no such config"); process.exit(2)'] as const;
    const began = want.clock.now();
    const failing = ensureDaemon({ ...want, spawn: argv });
    await expect(failing).rejects.toMatchObject({ code: 'daemon_unreachable', exit: 4 });
    await expect(failing).rejects.toThrow('no such config');
    expect(want.clock.now() - began).toBeLessThan(5_000);
  });
});

describe('daemon', () => {
  it('listens where only its owner can connect', async () => {
    await ensureDaemon(at.ensure());
    expect(statSync(at.socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(at.folder, 'run')).mode & 0o777).toBe(0o700);
  });

  it('takes over a socket and a lock that a killed one left', async () => {
    mkdirSync(join(at.folder, 'run'), { recursive: true });
    writeFileSync(at.socket, '');
    writeFileSync(
      join(at.folder, 'daemon.lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, token: 'x', version: '1' }),
    );
    expect(await (await ensureDaemon(at.ensure())).live()).toEqual({ status: 'ok' });
  });

  it('reads a log, opens an anomaly, tells it on the stream and keeps it over SIGTERM', async () => {
    const file = join(at.folder, 'app.log');
    writeFileSync(file, Array.from({ length: 50 }, (_, index) => line(`request ${index} done`)).join(''));
    const client = await ensureDaemon(at.ensure({ files: [file] }));
    const stop = new AbortController();
    const seen = (async () => {
      for await (const change of client.changes(stop.signal)) if (change.kind === 'anomaly') return change;
      return null;
    })();
    await until('the file is read', async () => (await client.status()).sources[0]?.events === 50);
    appendFileSync(file, trace('cart') + line('after'));
    expect(await seen).toMatchObject({ change: 'opened', anomaly: { status: 'detected', source: 'app' } });
    stop.abort();
    const { pid } = await client.status();
    process.kill(pid, 'SIGTERM');
    await until('it has left', () => !isAlive(pid));
    expect(existsSync(at.socket)).toBe(false);
    const again = await ensureDaemon(at.ensure({ files: [file] }));
    appendFileSync(file, trace('cart') + line('after'));
    await until(
      'the repeat is counted',
      async () => (await again.showAnomaly({ id: 'last' })).occurrences === 2,
    );
    expect((await again.listAnomalies({})).items).toHaveLength(1);
  });

  it('goes on with a stream after its daemon was killed', async () => {
    const client = await ensureDaemon(at.ensure());
    const { pid } = await client.status();
    const stop = new AbortController();
    const pids: number[] = [];
    for await (const change of client.changes(stop.signal)) {
      if (change.kind !== 'status') continue;
      pids.push(change.status.pid);
      if (change.status.pid !== pid) stop.abort();
      else if (pids.length === 1) process.kill(pid, 'SIGKILL');
    }
    expect(pids.at(-1)).not.toBe(pid);
  });

  it('reads a journal to its end, also over a restart, and removes it', async () => {
    const journal = join(at.folder, 'journals', `npm.${process.pid}.1`);
    const segment = join(journal, '0000000000000000.seg');
    mkdirSync(journal, { recursive: true });
    const client = await ensureDaemon(at.ensure());
    writeFileSync(segment, line('one') + line('two'));
    expect(await client.attachJournal({ name: 'npm', journal })).toEqual({ name: 'npm' });
    const events = async () =>
      (await (await ensureDaemon(at.ensure())).status()).sources.find((one) => one.name === 'npm')?.events;
    await until('both are read', async () => (await events()) === 2);
    await client.stop();
    await until('it is gone', async () => (await probe(at.socket)).state === 'nobody');
    appendFileSync(segment, line('three'));
    await until('the third is read by the next one', async () => (await events()) === 1);
    writeFileSync(join(journal, 'end'), '');
    await until('the journal is removed, and all in it', () => !existsSync(journal));
    await until('the source is gone', async () => (await events()) === undefined);
  });

  it('refuses to read anything but a journal', async () => {
    const client = await ensureDaemon(at.ensure());
    const file = join(at.folder, 'daemon.log');
    await expect(client.attachJournal({ name: 'x', journal: file })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('judges events that are sent to it', async () => {
    const client = await ensureDaemon(at.ensure());
    const calm = Array.from({ length: 60 }, (_, index) => ({
      source: 'web',
      type: 'log' as const,
      data: { message: `request ${index} done`, level: 'info' },
    }));
    await client.detect({ events: calm });
    const stack = 'TypeError: x is undefined\n    at f (/app/src/a.js:3:1)\n    at g (/app/src/b.js:4:2)';
    const boom = { source: 'web', type: 'error' as const, data: { message: 'x is undefined', stack } };
    const { results } = await client.detect({ events: [boom] });
    expect(results).toMatchObject([
      { is_anomaly: true, anomaly_id: (await client.showAnomaly({ id: 'last' })).id },
    ]);
    const again = await client.detect({ events: [boom] });
    expect(again.results[0]?.anomaly_id).toBe(results[0]?.anomaly_id);
  });

  it('leaves when nobody needs it', async () => {
    const client = await ensureDaemon(at.ensure({ idleMs: 300 }));
    const { pid } = await client.status();
    await until('it has left', () => !isAlive(pid));
    expect(await connect(at.socket)).toBeNull();
  });
});

describe('client', () => {
  it('says in our words that nobody answers', async () => {
    const asked = createClient(at.socket).status();
    await expect(asked).rejects.toBeInstanceOf(VigilError);
    await expect(asked).rejects.toMatchObject({ code: 'daemon_unreachable', exit: 4 });
  });

  it('throws the error that the daemon meant', async () => {
    const client = await ensureDaemon(at.ensure());
    await expect(client.showAnomaly({ id: 'last' })).rejects.toMatchObject({ code: 'unknown_id', exit: 2 });
    await expect(client.detect({ events: [] })).rejects.toThrow('`events`');
    expect(await client.metrics()).toContain('vigilai_api_requests_total');
  });
});
