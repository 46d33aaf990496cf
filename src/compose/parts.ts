import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sharedObjects } from '../adapters/git/git-dir.ts';
import { openRepository } from '../adapters/git/repository.ts';
import { githubForge } from '../adapters/github/forge.ts';
import { parseRemote } from '../adapters/github/remote.ts';
import { askProvider } from '../adapters/llm/ask.ts';
import { modelChain } from '../adapters/llm/chain.ts';
import type { Provider } from '../adapters/llm/options.ts';
import { run } from '../adapters/process/run.ts';
import { detectSandbox } from '../adapters/sandbox/detect-sandbox.ts';
import { secretsFrom } from '../adapters/secrets/secrets.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { fileTemplates } from '../adapters/templates/templates.ts';
import { installedFolders } from '../adapters/toolchains/installed-folders.ts';
import { toolchains } from '../adapters/toolchains/toolchains.ts';
import { VigilError } from '../domain/errors.ts';
import type { LanguageModel } from '../ports/model.ts';
import type { Sandbox } from '../ports/process.ts';
import type { Forge, Repository } from '../ports/repository.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Toolchains } from '../ports/toolchain.ts';
import type { Place } from './place.ts';

/** Longest run of a project's tests. */
const TEST_TIMEOUT_MS = 10 * 60_000;

export const clock = systemClock();

/** Texts of the package: beside `src/` when we run from source, two folders above when compiled. */
export const packageTemplates =
  ['../../templates', '../../../templates']
    .map((path) => join(import.meta.dirname, path))
    .find((folder) => existsSync(folder)) ?? join(import.meta.dirname, '../../templates');

export function localTemplates({ paths, settings }: Place) {
  const own = settings.diagnosis.patterns.map((file) => resolve(paths.root, file));
  return fileTemplates(packageTemplates, own);
}

export function localSecrets({ env, paths }: Place): Secrets {
  return secretsFrom(env, paths.secrets);
}

/** Null when `offline` is set or none of the providers has a key. */
export async function localModel(place: Place): Promise<LanguageModel | null> {
  return chainOf(await usableProviders(place), place);
}

/** The last usable provider, who takes a second look at claims; null unless `diagnosis.verify` asks for one. */
export async function localVerifier(place: Place): Promise<LanguageModel | null> {
  if (!place.settings.diagnosis.verify) return null;
  return chainOf((await usableProviders(place)).slice(-1), place);
}

async function usableProviders(place: Place): Promise<readonly Provider[]> {
  const { offline, diagnosis } = place.settings;
  if (offline) return [];
  const secrets = localSecrets(place);
  const usable = [];
  for (const provider of diagnosis.providers) {
    if (provider.keyEnv === null || (await secrets.get(provider.keyEnv)) !== null) usable.push(provider);
  }
  return usable;
}

function chainOf(providers: readonly Provider[], place: Place): LanguageModel | null {
  if (providers.length === 0) return null;
  const { diagnosis } = place.settings;
  return modelChain(providers, {
    clock,
    secrets: localSecrets(place),
    ask: askProvider,
    random: Math.random,
    timeoutMs: diagnosis.timeoutSeconds * 1000,
    totalMs: diagnosis.totalSeconds * 1000,
  });
}

export function repositoryAt(place: Place, dir: string): Promise<Repository> {
  return openRepository({ run, env: place.env }, dir);
}

export function localSyntax({ paths }: Place): Syntax {
  let opened: Promise<Syntax> | null = null;
  return {
    async index(repository) {
      // Loaded when a cause is first looked for: most commands never do.
      opened ??= import('../adapters/syntax/syntax.ts').then((it) =>
        it.treeSitterSyntax({ cache: paths.outlines }),
      );
      return (await opened).index(repository);
    },
  };
}

export async function localSandbox({ paths, settings, env }: Place): Promise<Sandbox> {
  // The shared objects, not `.git`: its config may hold a token. Outside of a repository there are none.
  const objects = await sharedObjects({ run, env }, paths.root).catch(() => []);
  return detectSandbox({
    run,
    platform: process.platform,
    env,
    execPath: process.execPath,
    visible: [...installedFolders(paths.root), ...objects],
    hidden: [paths.root, paths.state],
    wanted: settings.fix.sandbox,
  });
}

export function localToolchains({ paths, settings, env }: Place, sandbox: Sandbox): Toolchains {
  return toolchains({
    root: paths.root,
    run,
    env,
    sandbox,
    execPath: process.execPath,
    testCommand: settings.fix.testCommand,
    downloads: settings.fix.downloads,
    timeoutMs: TEST_TIMEOUT_MS,
  });
}

/**
 * Null without a remote on GitHub or without a token.
 * @throws VigilError `refused` while `offline` is set.
 */
export async function localForge(place: Place): Promise<Forge | null> {
  const { github, offline } = place.settings;
  if (offline) {
    throw new VigilError('refused', {
      what: 'nothing is pushed or proposed while `offline: true` is set',
      hint: 'The proven branch is in your repository. Unset `offline` to propose it.',
    });
  }
  const repository = await repositoryAt(place, place.paths.root);
  const url = await repository.remote();
  const remote = url === null ? null : parseRemote(url);
  const token = await localSecrets(place).get(github.tokenEnv);
  if (remote === null || token === null) return null;
  const { root } = repository;
  const { version, env } = place;
  return githubForge(
    { remote, token, root, apiUrl: github.apiUrl, pushUrl: null, version },
    { clock, run, env },
  );
}
