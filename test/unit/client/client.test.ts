import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOf, createClient } from '../../../src/client/client.ts';
import { probe } from '../../../src/client/connect.ts';
import { problemError } from '../../../src/client/problem-error.ts';
import { jobToView } from '../../../src/contract/to-view.ts';
import { factsFor } from '../../support/nouns.ts';

let folder: string;
let socket: string;
let server: Server | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigilai-c-'));
  socket = join(folder, 's');
});
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

/** Answers every request with the next of these, then with the last one again. */
async function serve(...answers: readonly { status: number; type?: string; text: string }[]): Promise<void> {
  let turn = 0;
  server = createServer((_, response) => {
    const { status, type, text } = answers[Math.min(turn, answers.length - 1)] ?? { status: 500, text: '' };
    turn += 1;
    response.writeHead(status, { 'content-type': type ?? 'application/json' });
    response.end(text);
  });
  await new Promise((resolve) => server?.listen(socket, () => resolve(null)));
}

describe('askOf', () => {
  it('puts each key where the route wants it', () => {
    expect(askOf('showAnomaly', { id: 'a/b' })).toEqual({ method: 'GET', path: '/api/v1/anomalies/a%2Fb' });
    expect(askOf('listAnomalies', { status: 'detected', limit: 5, after: undefined })).toEqual({
      method: 'GET',
      path: '/api/v1/anomalies?status=detected&limit=5',
    });
    expect(askOf('closeAnomaly', { id: 'x', as: 'resolved' })).toEqual({
      method: 'POST',
      path: '/api/v1/anomalies/x/close',
      body: '{"as":"resolved"}',
    });
  });
});

describe('problemError', () => {
  const problem = {
    type: 'urn:x',
    title: 'x',
    status: 402,
    detail: 'spent',
    code: 'budget_spent',
    hint: 'wait',
    exit: 6,
  };

  it('is the error that the daemon meant', () => {
    const text = JSON.stringify(problem);
    expect(problemError({ status: 402, text })).toMatchObject({
      code: 'budget_spent',
      exit: 6,
      hint: 'wait',
      message: 'spent',
    });
  });

  it.each([
    [JSON.stringify({ ...problem, code: 'bug' }), 'spent'],
    ['<html>', 'unexpected answer 502'],
    ['{}', 'unexpected answer 502'],
  ])('is a plain error for anything else', (text, message) => {
    const error = problemError({ status: 502, text });
    expect(error.name).toBe('Error');
    expect(error.message).toContain(message);
  });
});

describe('client', () => {
  it('believes nothing that the contract does not say', async () => {
    await serve({ status: 200, text: '{"status":"fine"}' });
    await expect(createClient(socket).live()).rejects.toThrow('unexpected answer 200');
  });

  it('calls a broken connection unreachable', async () => {
    server = createServer((request) => request.socket.destroy());
    await new Promise((resolve) => server?.listen(socket, () => resolve(null)));
    await expect(createClient(socket).live()).rejects.toMatchObject({ code: 'daemon_unreachable' });
  });

  it('sees who is there', async () => {
    expect(await probe(socket)).toEqual({ state: 'nobody' });
    await serve(
      { status: 503, text: '{"status":"starting","version":"1"}' },
      { status: 200, text: '{"status":"ready","version":"1"}' },
      { status: 200, text: 'hello, I am a web server' },
    );
    expect(await probe(socket)).toEqual({ state: 'starting', version: '1' });
    expect(await probe(socket)).toEqual({ state: 'ready', version: '1' });
    expect(await probe(socket)).toEqual({ state: 'nobody' });
  });

  it('reads changes over a broken connection, and skips what it does not know', async () => {
    const [id, resultId] = [factsFor('a').id, factsFor('b').id];
    const job = jobToView({
      id,
      kind: 'fix',
      subject: id,
      resultId,
      options: { offline: false, engine: null, openPr: false, reviewers: [] },
      status: 'queued',
      attempts: 0,
      progress: 0,
      step: 'waiting',
      error: null,
      createdAt: 0,
      notBefore: null,
      updatedAt: 0,
    });
    const message = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
    const type = 'text/event-stream';
    await serve(
      {
        status: 200,
        type,
        text: `: still here\n\n${message({ kind: 'news' })}${message({ kind: 'job', job })}data: {"kin`,
      },
      { status: 503, text: '' },
      { status: 200, type, text: message({ kind: 'job', job: { ...job, step: 'again' } }) },
    );
    const stop = new AbortController();
    const steps: string[] = [];
    for await (const change of createClient(socket).changes(stop.signal)) {
      if (change.kind === 'job') steps.push(change.job.step);
      if (steps.length === 2) stop.abort();
    }
    expect(steps).toEqual(['waiting', 'again']);
  });
});
