import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { routes } from '../contract/routes.ts';
import { type ChangeView, changeView } from '../contract/system-views.ts';
import { unreachable } from './request.ts';

/** Makes sure that somebody listens again. May throw: the reader then waits and tries once more. */
export type Reviver = (signal: AbortSignal) => Promise<void>;

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;

/** Yields changes until `signal` aborts; a broken connection is opened again with a growing pause. */
export async function* readChanges(
  socket: string,
  revive: Reviver | null,
  signal: AbortSignal,
): AsyncGenerator<ChangeView> {
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      for await (const change of readOnce(socket, signal)) {
        wait = FIRST_PAUSE_MS;
        yield change;
      }
    } catch (error) {
      // The daemon went away or is not there yet; a programming error in us still surfaces.
      if (!isConnectionError(error)) throw error;
    }
    if (signal.aborted) return;
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, MAX_PAUSE_MS);
    if (!signal.aborted) await revive?.(signal).catch(() => undefined);
  }
}

function isConnectionError(error: unknown): boolean {
  return error instanceof Error && ('code' in error || error.name === 'AbortError');
}

async function* readOnce(socket: string, signal: AbortSignal): AsyncGenerator<ChangeView> {
  const answer = await open(socket, signal);
  answer.setEncoding('utf8');
  let rest = '';
  try {
    for await (const part of answer as AsyncIterable<string>) {
      const blocks = (rest + part).split('\n\n');
      rest = blocks.pop() ?? '';
      yield* blocks.flatMap(messageOf);
    }
  } finally {
    answer.destroy();
  }
}

function open(socket: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { method, path } = routes.stream;
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(
      { socketPath: socket, method, path, agent: false, signal },
      (answer) => {
        if (answer.statusCode === 200) return resolve(answer);
        answer.destroy();
        return reject(unreachable(new Error(`the change stream answered ${answer.statusCode}`)));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** One block of an event stream. Comments (heartbeats) and messages of a newer daemon that we do not know are skipped. */
function messageOf(block: string): readonly ChangeView[] {
  const data = block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n');
  if (data === '') return [];
  const parsed = changeView.safeParse(JSON.parse(data));
  return parsed.success ? [parsed.data] : [];
}
