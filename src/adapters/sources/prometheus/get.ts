import { text } from 'node:stream/consumers';
import type { Secrets } from '../../../ports/secrets.ts';
import type { PrometheusOptions } from './options.ts';

export type Answer =
  | { readonly ok: true; readonly status: number; readonly type: string; readonly body: string }
  /** No answer, or none that can be read: why. */
  | { readonly ok: false; readonly why: string };

export interface Asking {
  readonly accept: string;
  readonly signal: AbortSignal;
}

/** GET with the source's credentials. */
export type Get = (url: string, asking: Asking) => Promise<Answer>;

/** Longest answer that is read, bytes after decompression. */
const MOST_BYTES = 50_000_000;

type Access = Pick<PrometheusOptions, 'tokenEnv' | 'basicAuth' | 'timeoutSeconds'>;

export function getWith(access: Access, secrets: Secrets): Get {
  return async (url, { accept, signal }) => {
    const credentials = await authorization(access, secrets);
    if (!credentials.ok) return credentials;
    const timeout = AbortSignal.timeout(access.timeoutSeconds * 1000);
    try {
      const response = await fetch(url, {
        headers: { accept, ...credentials.headers },
        signal: AbortSignal.any([signal, timeout]),
      });
      return await read(response);
    } catch (error) {
      if (timeout.aborted) return { ok: false, why: `no answer in ${access.timeoutSeconds} s` };
      return { ok: false, why: reasonOf(error) };
    }
  };
}

type Credentials =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: string };

async function authorization({ tokenEnv, basicAuth }: Access, secrets: Secrets): Promise<Credentials> {
  const env = tokenEnv ?? basicAuth?.passwordEnv ?? null;
  if (env === null) return { ok: true, headers: {} };
  const secret = await secrets.get(env);
  if (secret === null) return { ok: false, why: `${env} is set neither in the environment nor as a secret` };
  const value =
    basicAuth === null
      ? `Bearer ${secret}`
      : `Basic ${Buffer.from(`${basicAuth.username}:${secret}`).toString('base64')}`;
  return { ok: true, headers: { authorization: value } };
}

async function read(response: Response): Promise<Answer> {
  const { status, headers, body } = response;
  const type = headers.get('content-type') ?? '';
  return { ok: true, status, type, body: body === null ? '' : await text(bounded(body)) };
}

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new RangeError(`the answer is longer than ${MOST_BYTES / 1e6} MB`);
    yield chunk;
  }
}

/** `fetch` hides what happened in the cause of what it throws. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  if (cause.message !== '') return cause.message;
  return 'code' in cause ? String(cause.code) : error.message;
}
