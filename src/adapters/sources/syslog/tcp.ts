import { createServer, type Socket } from 'node:net';
import type { Listening } from '../../../ports/source.ts';
import { type BindTo, bind, hostAndPort } from '../bind.ts';
import { type Frames, framer } from './frames.ts';
import type { Receiving } from './receiver.ts';

const MOST_CONNECTIONS = 256;
/** A peer that vanished without a word is noticed by probes; a silent one may stay. */
const PROBE_AFTER_MS = 60_000;

/** Messages of many connections. While nothing can be kept, none is read from: the senders wait. */
export async function listenTcp(to: BindTo, receiving: Receiving): Promise<Listening> {
  const closing = new AbortController();
  const open = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server = createServer({ keepAlive: true, keepAliveInitialDelay: PROBE_AFTER_MS }, (socket) => {
    sockets.add(socket);
    const done = serve(socket, receiving, closing.signal).finally(() => {
      sockets.delete(socket);
      open.delete(done);
    });
    open.add(done);
  });
  server.maxConnections = MOST_CONNECTIONS;
  const address = await bind(server, to);
  server.on('error', (error) =>
    receiving.log.warn({ source: to.source, error: error.message }, 'cannot accept'),
  );
  return {
    address: `tcp://${hostAndPort(address)}`,
    async close() {
      closing.abort();
      const ended = new Promise<void>((settle) => server.close(() => settle()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([ended, ...open]);
    },
  };
}

/** One connection to its end. A sender that breaks it off, or the framing, loses what it had not finished. */
async function serve(socket: Socket, receiving: Receiving, signal: AbortSignal): Promise<void> {
  const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
  const { read, deliver, drop, log } = receiving;
  const frames = framer();
  const take = async ({ messages, cut, broken }: Frames): Promise<void> => {
    if (cut > 0) drop(cut);
    await deliver(
      messages.flatMap((message) => read(message, peer)),
      signal,
    );
    if (!broken) return;
    drop(1);
    log.warn({ peer }, 'this connection sends frames that cannot be understood: closed');
    socket.destroy();
  };
  try {
    for await (const chunk of socket) await take(frames.push(chunk as Buffer));
  } catch {
    // Reset by the peer, or ended by us: what came before counts.
  } finally {
    socket.destroy();
  }
  await take(frames.end());
}
