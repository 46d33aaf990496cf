import { accessSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';

/** As dockerode takes it. Every field is there: what is left out, it would read from the environment. */
export interface EngineAddress {
  readonly socketPath: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly protocol: 'http' | 'https';
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  /** In ms, of silence; a log may be silent for ever. */
  readonly timeout: undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the engine listens: `host`, else DOCKER_HOST, else the first socket there is of Docker, Docker Desktop and Podman.
 * TLS as Docker's own client does it: DOCKER_CERT_PATH. @throws VigilError `bad_config`.
 */
export function engineAddress(host: string | null, env: Env): EngineAddress {
  const named = host ?? env['DOCKER_HOST'] ?? '';
  if (named === '') return { ...NOWHERE, socketPath: usualSockets(env).find(exists) ?? DOCKER_SOCKET };
  const socketPath = /^(?:unix|npipe):\/\/(.+)$/.exec(named)?.[1];
  if (socketPath !== undefined) return { ...NOWHERE, socketPath };
  return addressOf(named, env);
}

function addressOf(named: string, env: Env): EngineAddress {
  const url = URL.parse(named.includes('://') ? named : `tcp://${named}`);
  if (!url?.hostname || !['tcp:', 'http:', 'https:'].includes(url.protocol)) throw notUnderstood(named);
  const tls = url.protocol === 'https:' || (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  const usual = tls ? 2376 : 2375;
  return {
    ...NOWHERE,
    host: url.hostname,
    port: url.port === '' ? usual : Number(url.port),
    protocol: tls ? 'https' : 'http',
    ...(tls ? certificates(env['DOCKER_CERT_PATH']) : {}),
  };
}

const NOWHERE: EngineAddress = {
  socketPath: undefined,
  host: undefined,
  port: undefined,
  protocol: 'http',
  ca: undefined,
  cert: undefined,
  key: undefined,
  timeout: undefined,
};

const DOCKER_SOCKET = process.platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock';

function usualSockets(env: Env): readonly string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  return [
    DOCKER_SOCKET,
    join(env['HOME'] ?? homedir(), '.docker', 'run', 'docker.sock'),
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock'), join(runtime, 'podman', 'podman.sock')]),
    '/run/podman/podman.sock',
  ];
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

function certificates(folder: string | undefined): Partial<EngineAddress> {
  if (folder === undefined || folder === '') return {};
  const read = (name: string) => readFileSync(join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function notUnderstood(named: string): VigilError {
  const ssh = named.startsWith('ssh:');
  return new VigilError('bad_config', {
    what: `the engine at ${ssh ? 'ssh://' : 'DOCKER_HOST'} cannot be reached`,
    why: ssh ? 'there is no way over ssh' : 'it is none of unix://, npipe://, tcp://, http:// and https://',
    hint: 'Forward its socket (`ssh -L`), and name that as the `host` of the source.',
  });
}
