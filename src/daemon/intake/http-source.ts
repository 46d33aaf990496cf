import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Source, SourceHealth } from '../../ports/source.ts';
import type { HttpPort } from '../parts.ts';

interface Server {
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  close(): Promise<void>;
}

const LONG_MS = 3_600_000;

/** The ingest routes on a TCP port. Its events come under the names that they carry, so it yields none itself. */
export function httpSource({ name, host, port }: HttpPort, make: () => Server, clock: Clock): Source {
  let state: SourceHealth['state'] = 'waiting';
  return {
    name,
    async *read(_, signal) {
      const app = make();
      try {
        await app.listen({ host, port }).catch((cause: unknown) => {
          throw portError(cause, { host, port });
        });
        state = 'idle';
        while (!signal.aborted) await clock.sleep(LONG_MS, signal);
      } finally {
        state = 'waiting';
        await app.close();
      }
      yield* [];
    },
    health: () => ({ state, lagBytes: 0, streams: 1, dropped: 0, lastError: null }),
  };
}

function portError(cause: unknown, at: { readonly host: string; readonly port: number }): unknown {
  if (!(cause instanceof Error && 'code' in cause) || cause.code !== 'EADDRINUSE') return cause;
  return new VigilError('port_taken', { what: `${at.host}:${at.port} is taken (option \`port\`)`, cause });
}
