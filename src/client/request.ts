import { request } from 'node:http';
import { VigilError } from '../domain/errors.ts';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: string;
}

export interface Exchange {
  readonly status: number;
  readonly text: string;
}

/** Longer than any route waits on purpose (`create-pr` waits up to 30 s). */
const TIMEOUT_MS = 60_000;
/** Nothing we answer is larger; a reader must not be made to hold more. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * One request and its answer over a unix socket or a named pipe. node:http is a quarter of the start-up cost of an
 * HTTP library, and a local daemon needs no pool.
 * @throws VigilError `daemon_unreachable` when nobody listens, or the connection breaks before the answer is whole.
 */
export function exchange(socket: string, ask: Ask, timeoutMs = TIMEOUT_MS): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const broken = (cause: Error) => reject(unreachable(cause));
    const sent = request(
      { socketPath: socket, method: ask.method, path: ask.path, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MAX_BYTES) sent.destroy(new Error('the answer is too large'));
          else parts.push(part);
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        );
        answer.on('error', broken);
      },
    );
    sent.on('error', broken);
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    if (ask.body !== undefined) sent.setHeader('content-type', 'application/json');
    sent.end(ask.body);
  });
}

export function unreachable(cause: unknown): VigilError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new VigilError('daemon_unreachable', { what: 'the daemon does not answer', why, cause });
}
