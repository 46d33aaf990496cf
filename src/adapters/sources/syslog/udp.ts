import { createSocket, type RemoteInfo } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { CarriedLine } from '../../../domain/event.ts';
import type { Listening } from '../../../ports/source.ts';
import { type BindTo, bindError, hostAndPort } from '../bind.ts';
import type { Receiving } from './receiver.ts';

/** The kernel holds this much while we are busy, if it lets us. */
const SOCKET_BYTES = 4 * 1024 * 1024;
/** Characters that wait to become durable, each line with what is carried beside it. */
const MOST_WAITING = 16 * 1024 * 1024;
const LINE_COST = 200;
const LINES_AT_ONCE = 4096;

/** One message a datagram. What finds no room is counted: nobody can be asked to send it again. */
export async function listenUdp(to: BindTo, { read, deliver, drop, log }: Receiving): Promise<Listening> {
  const closing = new AbortController();
  const waiting: CarriedLine[] = [];
  let cost = 0;
  let draining: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, LINES_AT_ONCE);
      await deliver(some, closing.signal);
      cost -= costOf(some);
    }
    draining = null;
  };

  const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4');
  socket.on('message', (bytes: Buffer, { address, port }: RemoteInfo) => {
    const lines = read(bytes.toString('utf8'), `${address}:${port}`);
    if (cost + costOf(lines) > MOST_WAITING) return drop(lines.length);
    cost += costOf(lines);
    waiting.push(...lines);
    draining ??= drain();
  });
  await new Promise<void>((settle, fail) => {
    socket.once('error', (error) => fail(bindError(error, to)));
    socket.bind({ address: to.host, port: to.port, exclusive: true }, settle);
  });
  socket.removeAllListeners('error');
  socket.on('error', (error) => log.warn({ source: to.source, error: error.message }, 'cannot receive'));
  enlarge(() => socket.setRecvBufferSize(SOCKET_BYTES));
  return {
    address: `udp://${hostAndPort(socket.address())}`,
    async close() {
      closing.abort();
      await new Promise<void>((settle) => socket.close(() => settle()));
      await draining;
    },
  };
}

function costOf(lines: readonly CarriedLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length + LINE_COST, 0);
}

/** A larger buffer is only better: some systems refuse it. */
function enlarge(set: () => void): void {
  try {
    set();
  } catch {
    // It stays as it is.
  }
}
