import type { Readable } from 'node:stream';

/** The body of an answer that never ends, taken as fast as it is asked for: what nobody takes stays with the engine. */
export interface Pulled {
  /** All that is there now; null for nothing. */
  take(): Buffer | null;
  /** Bytes that are there and were not taken. */
  waiting(): number;
  /** Once all was taken: null for an orderly end, else why it broke off. */
  end(): { readonly problem: string | null } | null;
  close(): void;
}

/** `ring` is called whenever there is more to take or it has ended. */
export function pulled(body: Readable, ring: () => void): Pulled {
  let ended: { readonly problem: string | null } | null = null;
  const finish = (problem: string | null) => {
    ended ??= { problem };
    ring();
  };
  body.on('readable', ring);
  body.once('end', () => finish(null));
  body.once('error', (error) => finish(error.message));
  body.once('close', () => finish('the connection was closed'));
  return {
    take() {
      const chunk: unknown = body.read();
      return Buffer.isBuffer(chunk) ? chunk : null;
    },
    waiting: () => body.readableLength,
    end: () => (body.readableLength > 0 ? null : ended),
    close: () => body.destroy(),
  };
}
