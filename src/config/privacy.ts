import type { SourceOptions } from '../adapters/sources/options.ts';
import type { Settings } from './config.ts';

/** Somebody outside of this machine, or a program on it, that may be told something. */
export interface Destination {
  readonly name: string;
  /** Host and port, or the command. */
  readonly where: string;
  readonly state: 'open' | 'closed';
  /** Why it is closed, or when it is told something. */
  readonly when: string;
}

/** Where a source gets its telemetry: by listening, or by asking. Nothing of ours goes there but the question. */
export interface Way {
  readonly source: string;
  readonly type: string;
  readonly how: 'listens' | 'asks';
  readonly where: string;
  /** Others than this machine can reach it, or are reached. */
  readonly outside: boolean;
}

export interface Privacy {
  /** `offline` is set: nothing leaves this machine. */
  readonly offline: boolean;
  readonly models: readonly Destination[];
  readonly agent: Destination & {
    readonly network: boolean;
    /** Names of environment variables that it sees beside the base list. */
    readonly env: readonly string[];
    /** Folders below the home directory that it reads and writes. */
    readonly folders: readonly string[];
    readonly sandbox: Settings['fix']['sandbox'];
  };
  readonly forge: Destination;
  readonly sources: readonly Way[];
  readonly redaction: {
    readonly ips: boolean;
    readonly patterns: readonly string[];
  };
}

/** What a configuration lets leave this machine, and to where. `hasSecret` tells whether a key is set. */
export function privacyOf(settings: Settings, hasSecret: (name: string) => boolean): Privacy {
  const { offline, sources, redaction } = settings;
  return {
    offline,
    models: modelsOf(settings, hasSecret),
    agent: agentOf(settings),
    forge: forgeOf(settings, hasSecret),
    sources: (sources ?? []).flatMap(waysOf),
    redaction: { ips: redaction.ips, patterns: redaction.patterns },
  };
}

const OFFLINE = { state: 'closed', when: 'offline is set' } as const;

function modelsOf({ offline, diagnosis }: Settings, has: (name: string) => boolean): readonly Destination[] {
  return diagnosis.providers.map(({ name, model, baseUrl, keyEnv, price }) => {
    const to = { name: `${name}/${model}`, where: new URL(baseUrl).host };
    if (offline) return { ...to, ...OFFLINE };
    if (keyEnv !== null && !has(keyEnv)) return { ...to, state: 'closed', when: `${keyEnv} is not set` };
    if (price === null) return { ...to, state: 'closed', when: 'its price is not configured' };
    return { ...to, state: 'open', when: 'a diagnosis is made' };
  });
}

function agentOf({ offline, agent, fix, automation }: Settings): Privacy['agent'] {
  const { engine, command, env, homeFolders } = agent;
  const isByItself = automation === 'stage' || automation === 'open-pr';
  const network = agent.network && !offline;
  return {
    name: engine,
    where: command.length > 0 ? command.join(' ') : 'kiro-cli',
    ...(network
      ? { state: 'open', when: isByItself ? 'a cause was found' : 'a person runs `vigilai fix`' }
      : { state: 'closed', when: offline ? OFFLINE.when : 'agent.network is off' }),
    network,
    env,
    folders: homeFolders,
    sandbox: fix.sandbox,
  };
}

function forgeOf({ offline, github, automation }: Settings, has: (name: string) => boolean): Destination {
  const where = github.apiUrl === null ? 'the API of the GitHub remote' : new URL(github.apiUrl).host;
  const to = { name: 'github', where };
  if (offline) return { ...to, ...OFFLINE };
  if (!has(github.tokenEnv)) return { ...to, state: 'closed', when: `${github.tokenEnv} is not set` };
  const when = automation === 'open-pr' ? 'a fix is proven' : 'a person opens a pull request';
  return { ...to, state: 'open', when };
}

function waysOf(source: SourceOptions): readonly Way[] {
  const base = { source: source.name, type: source.type };
  switch (source.type) {
    case 'otlp':
    case 'sentry':
    case 'syslog':
    case 'alertmanager':
    case 'http': {
      const { host, port } = source;
      return [{ ...base, how: 'listens', where: `${host}:${port}`, outside: !isLoopback(host) }];
    }
    case 'prometheus':
      return [...source.targets, ...(source.server === null ? [] : [source.server])].map((address) =>
        asks(base, address),
      );
    case 'docker':
      return [asksEngine(base, source.host)];
    case 'file':
    case 'journald':
    case 'host':
      return [];
  }
}

function asks(base: Pick<Way, 'source' | 'type'>, address: string): Way {
  const { host, hostname } = new URL(address);
  return { ...base, how: 'asks', where: host, outside: !isLoopback(hostname) };
}

function asksEngine(base: Pick<Way, 'source' | 'type'>, host: string | null): Way {
  const where = host ?? "the engine's socket";
  return { ...base, how: 'asks', where, outside: /^(?:tcp|https?|ssh):/.test(where) };
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}
