import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

/** An answer that is no success: `status` and a sentence for who sent it, which never quotes the body. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const CODINGS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** Bodies of all requests together are bounded too: a sender that opens many is asked to come again. */
const BODIES_AT_ONCE = 4;

/** Reads bodies, none larger than `limit` bytes either as sent or decoded. */
export interface BodyReader {
  /** Hands the body to `use`, and counts its bytes as held until that has settled. @throws Refusal 413, 415, 400, 429 */
  withBody<T>(request: IncomingMessage, use: (body: Buffer) => Promise<T>): Promise<T>;
}

export function bodyReader(limit: number): BodyReader {
  let held = 0;
  const decoded = oneAtATime();
  return {
    async withBody(request, use) {
      let mine = 0;
      const hold = (bytes: number): void => {
        if (held + bytes > limit * BODIES_AT_ONCE)
          throw new Refusal(429, 'too much is being received at once', { 'retry-after': '1' });
        held += bytes;
        mine += bytes;
      };
      try {
        const decode = codingOf(request);
        const bytes = await received(request, limit, hold);
        if (decode === null) return await use(bytes);
        const body = await decoded(() => decode(bytes, { maxOutputLength: limit })).catch(
          (error: unknown) => {
            throw undecodable(error, limit);
          },
        );
        hold(body.length);
        return await use(body);
      } finally {
        held -= mine;
      }
    },
  };
}

/** Null: the body is as it is. @throws Refusal 415 */
function codingOf(request: IncomingMessage): Decode | null {
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return null;
  const decode = CODINGS.get(coding);
  if (decode !== undefined) return decode;
  throw new Refusal(415, `send the body plain or as one of ${[...CODINGS.keys()].join(', ')}`, {
    'accept-encoding': [...CODINGS.keys()].join(', '),
  });
}

async function received(
  request: IncomingMessage,
  limit: number,
  hold: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > limit) throw tooLarge(limit);
    hold(bytes.length);
    parts.push(bytes);
  }
  return Buffer.concat(parts, size);
}

/** So that any number of decompression bombs takes the memory of one. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

function undecodable(error: unknown, limit: number): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit);
  return new Refusal(400, 'the body is not what its content-encoding says');
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `a body may have ${limit} bytes, as sent and decoded`);
}
