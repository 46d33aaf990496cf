import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type HttpListenerOptions,
  httpListener,
  keep,
  Refusal,
  type Route,
} from '../../../src/adapters/sources/http-listener.ts';
import { VigilError } from '../../../src/domain/errors.ts';
import type { Listening } from '../../../src/ports/source.ts';
import { collectedIntake } from '../../support/collected-intake.ts';
import { type ReceiverDeps, receiverDeps } from '../../support/receiver-deps.ts';

const open: Listening[] = [];
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
});

const echo: Route = {
  path: /^\/echo\/(?<name>\w+)$/,
  answer: async ({ body, params, query }) => ({
    status: 200,
    body: { said: body.toString(), name: params['name'], key: query.get('key') },
  }),
};

async function listening(
  routes: readonly Route[] = [echo],
  some: Partial<HttpListenerOptions> = {},
  deps: ReceiverDeps = receiverDeps(),
): Promise<string> {
  const options = { host: '127.0.0.1', port: 0, source: 'web', maxBodyBytes: 1000, origins: [], ...some };
  const made = await httpListener(options, routes, deps);
  open.push(made);
  return made.address;
}

function post(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body, headers });
}

/** What comes back for bytes that no HTTP client would send, up to the end of the connection. */
function raw(address: string, text: string): Promise<string> {
  return new Promise((settle) => {
    let answer = '';
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (bytes) => {
      answer += bytes.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => settle(answer));
  });
}

describe('the HTTP listener', () => {
  it('hands on path, query and body', async () => {
    const address = await listening();
    const answer = await post(`${address}/echo/shop?key=1`, 'hello');
    expect(await answer.json()).toEqual({ said: 'hello', name: 'shop', key: '1' });
  });

  it('decodes what was compressed', async () => {
    const address = await listening();
    const codings = [
      ['gzip', gzipSync('hello')],
      ['deflate', deflateSync('hello')],
      ['br', brotliCompressSync('hello')],
      ['zstd', zstdCompressSync('hello')],
      ['identity', Buffer.from('hello')],
    ] as const;
    for (const [coding, body] of codings) {
      const answer = await post(`${address}/echo/x`, new Uint8Array(body), { 'content-encoding': coding });
      expect(await answer.json()).toMatchObject({ said: 'hello' });
    }
  });

  it('says what is wrong with a request, and never what stood in it', async () => {
    const address = await listening();
    const answers = [
      [await post(`${address}/other`, 'secret'), 404, 'nothing is received at this path'],
      [await fetch(`${address}/echo/x`), 405, 'only POST is understood here'],
      [
        await post(`${address}/echo/x`, 'secret', { 'content-encoding': 'gzip' }),
        400,
        'the body is not what its content-encoding says',
      ],
      [
        await post(`${address}/echo/x`, 'secret', { 'content-encoding': 'rot13' }),
        415,
        'send the body plain or as one of gzip, deflate, br, zstd',
      ],
      [
        await post(`${address}/echo/x`, 'x'.repeat(1001)),
        413,
        'a body may have 1000 bytes, as sent and decoded',
      ],
    ] as const;
    for (const [answer, status, message] of answers) {
      expect(answer.status).toBe(status);
      expect(await answer.json()).toEqual({ message });
    }
  });

  it('bounds a body that does not say how long it is', async () => {
    const address = await listening();
    const endless = new ReadableStream<Uint8Array>({
      pull: (to) => to.enqueue(new Uint8Array(600)),
    });
    const some = endless.pipeThrough(limited(5));
    const answer = await fetch(`${address}/echo/x`, { method: 'POST', body: some, duplex: 'half' });
    expect(answer.status).toBe(413);
  });

  it('bounds what a small body grows to', async () => {
    const address = await listening();
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(900_000)));
    expect(bomb.length).toBeLessThan(1000);
    const answer = await post(`${address}/echo/x`, bomb, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
  });

  it('asks to come again when many send large bodies at once', async () => {
    let release = () => {};
    const held = new Promise<void>((settle) => {
      release = settle;
    });
    let waiting = 0;
    const slow: Route = {
      path: /^\/slow$/,
      async answer() {
        waiting += 1;
        await held;
        return { status: 200, body: {} };
      },
    };
    const address = await listening([slow]);
    const first = Array.from({ length: 4 }, () => post(`${address}/slow`, 'x'.repeat(1000)));
    while (waiting < 4) await new Promise((settle) => setImmediate(settle));
    const fifth = await post(`${address}/slow`, 'x');
    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([429, '1']);
    release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await post(`${address}/slow`, 'x')).status).toBe(200);
  });

  it('ends a request that does not come to its end', async () => {
    const address = await listening([echo], { timeoutMs: 50 });
    const head = await raw(address, 'POST /echo/x HTTP/1.1\r\nhost: x\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    const body = await raw(address, 'POST /echo/x HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');
    expect(body).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('says at once whether somebody may post, before it reads', async () => {
    let read = 0;
    const guarded: Route = {
      path: /^\/$/,
      admit({ headers }) {
        if (headers.authorization !== 'Bearer right') throw new Refusal(401, 'a token is needed');
      },
      async answer() {
        read += 1;
        return { status: 200, body: {} };
      },
    };
    const address = await listening([guarded]);
    expect((await post(address, 'x'.repeat(5000))).status).toBe(401);
    expect(read).toBe(0);
    expect((await post(address, 'x', { authorization: 'Bearer right' })).status).toBe(200);
  });

  it('keeps its own bugs to itself, and logs them', async () => {
    const deps = receiverDeps();
    const broken: Route = {
      path: /^\/$/,
      answer: () => Promise.reject(new TypeError('token=hunter2hunter2 is undefined')),
    };
    const answer = await post(await listening([broken], {}, deps), 'x');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect(deps.said.join()).toContain('TypeError');
    expect(deps.said.join()).not.toContain('hunter2');
  });

  it('frees its port when it closes, whoever is connected', async () => {
    const first = await httpListener(
      { host: '127.0.0.1', port: 0, source: 'web', maxBodyBytes: 1000, origins: [] },
      [echo],
      receiverDeps(),
    );
    const port = Number(new URL(first.address).port);
    await (await post(`${first.address}/echo/x`, 'kept alive')).json();
    const half = raw(first.address, 'POST /echo/x HTTP/1.1\r\n');
    await first.close();
    await half;
    expect(await listening([echo], { port })).toBe(first.address);
  });

  it('names the port that is taken and the option to change', async () => {
    const port = Number(new URL(await listening()).port);
    const failure = await listening([echo], { port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VigilError);
    expect(failure).toMatchObject({
      code: 'port_taken',
      message: `port ${port} on 127.0.0.1 is taken, so the source web cannot listen`,
      hint: 'Set another `port` for the source `web` in vigilai.config.ts, or stop what listens there.',
    });
  });
});

describe('pages in a browser', () => {
  it.each(['http://localhost:5173', 'https://shop.localhost', 'http://127.0.0.1:3000', 'http://[::1]:1'])(
    'may post from %s',
    async (origin) => {
      const address = await listening();
      const asked = await fetch(`${address}/echo/x`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'x-sentry-auth' },
      });
      expect(asked.status).toBe(200);
      expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
      expect(asked.headers.get('access-control-allow-headers')).toBe('x-sentry-auth');
      const answer = await post(`${address}/echo/x`, 'x', { origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  it.each(['https://evil.example', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'null'])(
    'may not post from %s, unless the origin is listed',
    async (origin) => {
      const address = await listening();
      const answer = await post(`${address}/echo/x`, 'x', { origin });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      expect((await fetch(`${address}/echo/x`, { method: 'OPTIONS', headers: { origin } })).status).toBe(403);
      const listed = await listening([echo], { origins: [origin] });
      expect((await post(`${listed}/echo/x`, 'x', { origin })).status).toBe(200);
    },
  );
});

describe('what a receiver answers when nothing can be kept', () => {
  const into = (intake: ReturnType<typeof collectedIntake>): Route => ({
    path: /^\/$/,
    async answer({ body }) {
      await keep(intake, [body.toString()]);
      return { status: 200, body: {} };
    },
  });

  it('429 while too much waits, 503 while the disk is full', async () => {
    const intake = collectedIntake();
    const address = await listening([into(intake)]);
    intake.fill(true);
    const full = await post(address, 'a');
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '2']);
    intake.fill(false);
    expect((await post(address, 'b')).status).toBe(200);
    expect(intake.records).toEqual(['b']);
    intake.fail(new VigilError('disk_full', { what: 'the journal cannot be written' }));
    expect((await post(address, 'c')).status).toBe(503);
  });
});

/** Ends after so many parts. */
function limited(parts: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(part, to) {
      to.enqueue(part);
      seen += 1;
      if (seen === parts) to.terminate();
    },
  });
}
