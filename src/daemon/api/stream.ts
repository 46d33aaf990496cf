import type { ServerResponse } from 'node:http';
import type { ChangeView } from '../../contract/system-views.ts';
import { anomalyToView, jobToView } from '../../contract/to-view.ts';
import type { Change } from '../../ports/bus.ts';
import { type Desk, statusOf } from './desk.ts';

const STATUS_EVERY_MS = 1_000;
const HEARTBEAT_EVERY_MS = 15_000;
/** A listener that is this far behind is let go: it reconnects and asks again, our memory stays small. */
const MAX_BEHIND_BYTES = 1024 * 1024;

/** The change stream (`text/event-stream`). One subscription and one status a second, however many listen. */
export interface Stream {
  join(response: ServerResponse): void;
  listeners(): number;
  close(): void;
}

export function createStream(desk: Desk): Stream {
  const listeners = new Set<ServerResponse>();
  let running: AbortController | null = null;

  function leave(response: ServerResponse): void {
    if (!listeners.delete(response)) return;
    response.destroy();
    if (listeners.size > 0) return;
    running?.abort();
    running = null;
  }

  function send(text: string): void {
    for (const response of listeners) {
      response.write(text);
      if (response.writableLength > MAX_BEHIND_BYTES) leave(response);
    }
  }

  return {
    listeners: () => listeners.size,
    join(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.on('close', () => leave(response));
      response.on('error', () => leave(response));
      listeners.add(response);
      response.write(messageOf({ kind: 'status', status: statusOf(desk) }));
      if (running !== null) return;
      running = new AbortController();
      keepSending(desk, send, running.signal);
    },
    close() {
      // A set may lose members while it is walked.
      for (const response of listeners) leave(response);
    },
  };
}

function keepSending(desk: Desk, send: (text: string) => void, signal: AbortSignal): void {
  const failed = (error: unknown) => desk.work.log.error({ err: error }, 'the change stream failed');
  sendChanges(desk, send, signal).catch(failed);
  sendStatus(desk, send, signal).catch(failed);
  sendHeartbeats(desk, send, signal).catch(failed);
}

async function sendChanges(desk: Desk, send: (text: string) => void, signal: AbortSignal): Promise<void> {
  for await (const change of desk.work.bus.subscribe(signal)) send(messageOf(changeToView(change)));
}

async function sendStatus(desk: Desk, send: (text: string) => void, signal: AbortSignal): Promise<void> {
  for (;;) {
    await desk.work.clock.sleep(STATUS_EVERY_MS, signal);
    if (signal.aborted) return;
    send(messageOf({ kind: 'status', status: statusOf(desk) }));
  }
}

async function sendHeartbeats(desk: Desk, send: (text: string) => void, signal: AbortSignal): Promise<void> {
  for (;;) {
    await desk.work.clock.sleep(HEARTBEAT_EVERY_MS, signal);
    if (signal.aborted) return;
    send(': still here\n\n');
  }
}

function changeToView(change: Change): ChangeView {
  if (change.kind === 'job') return { kind: 'job', job: jobToView(change.job) };
  return { kind: 'anomaly', change: change.change, anomaly: anomalyToView(change.anomaly) };
}

function messageOf(change: ChangeView): string {
  return `event: ${change.kind}\ndata: ${JSON.stringify(change)}\n\n`;
}
