import { routes } from '../contract/routes.ts';
import { type Client, createClient } from './client.ts';
import { exchange } from './request.ts';

/** Who answers at a socket. */
export type Answer =
  | { readonly state: 'nobody' }
  /** It listens, and is not ready yet. */
  | { readonly state: 'starting'; readonly version: string }
  | { readonly state: 'ready'; readonly version: string };

/** Asks who is there. Never throws: somebody who answers nonsense counts as nobody. */
export async function probe(socket: string, timeoutMs = 2_000): Promise<Answer> {
  const { method, path, response } = routes.ready;
  try {
    const { status, text } = await exchange(socket, { method, path }, timeoutMs);
    const body: unknown = JSON.parse(text);
    if (status === 200) return { state: 'ready', version: response[200].parse(body).version };
    return { state: 'starting', version: response[503].parse(body).version };
  } catch {
    // Connection refused, no such file, a half-written answer: all the same to whoever wants a daemon.
    return { state: 'nobody' };
  }
}

/** A client of the daemon that runs, or null when none does. Starts nothing. */
export async function connect(socket: string): Promise<Client | null> {
  const answer = await probe(socket);
  return answer.state === 'nobody' ? null : createClient(socket);
}
