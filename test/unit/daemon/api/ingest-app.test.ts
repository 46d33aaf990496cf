import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/daemon/api/app.ts';
import { createIngestApp } from '../../../../src/daemon/api/ingest-app.ts';
import { parseNdjson } from '../../../../src/daemon/intake/ingest.ts';
import { createWorld, type World } from '../../../support/daemon-world.ts';
import { AT } from '../../../support/nouns.ts';
import { scriptedDesk } from '../../../support/scripted-desk.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

let world: World;
let app: App;
let kept: string[];

beforeEach(async () => {
  const clock = virtualClock(AT);
  world = await createWorld(clock);
  kept = [];
  const desk = await scriptedDesk(world, clock);
  app = createIngestApp({
    ...desk,
    sources: {
      ...desk.sources,
      async accept(source, records) {
        kept.push(`${source} ${records.length}`);
        return 'kept';
      },
    },
  });
});
afterEach(async () => {
  await app.close();
  await world.close();
});

const event = (source: string) => ({ source, type: 'metric', data: { metric_name: 'ms', value: 4 } });

async function post(headers: Readonly<Record<string, string>>, source = 'api'): Promise<number> {
  const payload = JSON.stringify([event(source)]);
  const all = { 'content-type': 'application/json', ...headers };
  return (await app.inject({ method: 'POST', url: '/api/v1/events', payload, headers: all })).statusCode;
}

describe('the port that takes events in', () => {
  it.each([
    { host: 'localhost:4310' },
    { host: '192.168.1.5:4310' },
    { host: '[::1]:4310' },
    { host: 'localhost:4310', origin: 'http://localhost:3000' },
    { host: '127.0.0.1:4310', origin: 'http://127.0.0.1:3000' },
  ])('takes what programs and pages of this machine send: %o', async (headers) => {
    expect(await post(headers)).toBe(202);
  });

  it.each([
    { host: 'evil.example:4310' },
    { host: 'localhost:4310', origin: 'https://evil.example' },
    { host: 'localhost:4310', origin: 'http://203.0.113.9' },
    { host: 'localhost:4310', origin: 'http://127.evil.example' },
    { host: 'localhost:4310', origin: 'null' },
  ])('refuses what web pages of others send: %o', async (headers) => {
    expect(await post(headers)).toBe(403);
    expect(kept).toEqual([]);
  });

  it.each(['', 'a\nb', '\u0000', '\ud800', '日'.repeat(64), 'x'.repeat(65)])(
    'refuses a source that no folder can be named by: %j',
    async (source) => {
      expect(await post({ host: 'localhost' }, source)).toBe(400);
    },
  );

  it.each(['a b', '../up', '日'.repeat(21), '__proto__'])('takes a source called %s', async (source) => {
    expect(await post({ host: 'localhost' }, source)).toBe(202);
    expect(kept).toEqual([`${source} 1`]);
  });

  it('waits for no sender for ever, and for no more than 128 at once', () => {
    expect(app.server.requestTimeout).toBe(30_000);
    expect(app.server.maxConnections).toBe(128);
  });

  it('reads no body of more lines than there may be events', () => {
    expect(() => parseNdjson('1\n'.repeat(8_000_000))).toThrow('more than 20000 lines');
  });
});
