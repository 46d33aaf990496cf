// Loaded before a program by `--import`: writes down each way out of the machine that it tries, and refuses it. Sockets of
// the file system (the daemon's own) are let through.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const log = process.env['SOCKET_LOG'] ?? '';

function refuse(what: string): never {
  appendFileSync(log, `${what}\n`);
  throw Object.assign(new Error(`no way out: ${what}`), { code: 'ECONNREFUSED' });
}

/** What `connect` was told: an options object, a port or path, or Node's own normalised list of these. */
function wanted(first: unknown): {
  readonly path?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
} {
  if (Array.isArray(first)) return wanted(first[0]);
  if (typeof first === 'object' && first !== null) return first;
  return typeof first === 'string' ? { path: first } : { port: first };
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const { path, host, port } = wanted(args[0]);
  if (typeof path !== 'string') refuse(`connect ${String(host)}:${String(port)}`);
  return Reflect.apply(connect, this, args);
} as typeof connect;

const refusals = { lookup: refuse, resolve: refuse, resolve4: refuse, resolve6: refuse };
Object.assign(dns, refusals);
Object.assign(dns.promises, refusals);
dgram.createSocket = () => refuse('a datagram socket');
syncBuiltinESMExports();
