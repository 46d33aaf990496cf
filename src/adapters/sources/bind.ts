import type { AddressInfo, Server } from 'node:net';
import { VigilError } from '../../domain/errors.ts';

/** Where a receiver is to listen. */
export interface BindTo {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Name of the source: who has to choose another port. */
  readonly source: string;
}

/** Listens there. @throws VigilError `port_taken`, `bad_config`. */
export function bind(server: Server, to: BindTo): Promise<AddressInfo> {
  return new Promise((settle, fail) => {
    const failed = (error: Error) => fail(bindError(error, to));
    server.once('error', failed);
    server.listen({ host: to.host, port: to.port, exclusive: true }, () => {
      server.removeListener('error', failed);
      settle(server.address() as AddressInfo);
    });
  });
}

/** A failure to listen as what the user can do about it. */
export function bindError(error: Error, { host, port, source }: BindTo): Error {
  const code = 'code' in error ? error.code : null;
  const hint = `Set another \`port\` for the source \`${source}\` in vigilai.config.ts`;
  if (code === 'EADDRINUSE') {
    return new VigilError('port_taken', {
      what: `port ${port} on ${host} is taken, so the source ${source} cannot listen`,
      hint: `${hint}, or stop what listens there.`,
      cause: error,
    });
  }
  if (code === 'EACCES') {
    return new VigilError('port_taken', {
      what: `this user may not listen on port ${port}, so the source ${source} cannot`,
      hint: `${hint}: one above 1023.`,
      cause: error,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new VigilError('bad_config', {
      what: `the source ${source} cannot listen on the host ${host}`,
      why: 'this machine has no such address',
      cause: error,
    });
  }
  return error;
}

/** Such as `127.0.0.1:4318`, `[::1]:4318`. */
export function hostAndPort({ address, port, family }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}
