import { keptBranch } from '../adapters/artefacts/kept-branch.ts';
import { inspectModels } from '../adapters/llm/models.ts';
import { filePreferences } from '../adapters/preferences/preferences.ts';
import { wrapCommand } from '../adapters/process/wrap.ts';
import { filesBelow } from '../adapters/sources/file/bytes/read-to-end.ts';
import { openJournal } from '../adapters/sources/journal/writer.ts';
import { readRecording } from '../adapters/sources/recording.ts';
import { type Inspected, inspect } from '../adapters/system/inspect.ts';
import { writeText } from '../adapters/system/write-text.ts';
import type { House } from '../ports/house.ts';
import type { Sandbox } from '../ports/process.ts';
import { localAgents } from './engines.ts';
import { fixRules, localParser, localProposals } from './fix-parts.ts';
import {
  clock,
  localModel,
  localSandbox,
  localSecrets,
  localSyntax,
  localTemplates,
  localToolchains,
  localVerifier,
  packageTemplates,
  repositoryAt,
} from './parts.ts';
import type { Place } from './place.ts';

/** What commands reach without a daemon. */
export async function localHouse(place: Place): Promise<House> {
  const { paths, env } = place;
  const sandbox = await localSandbox(place);
  return {
    clock,
    log: silent,
    templates: localTemplates(place),
    secrets: localSecrets(place),
    preferences: filePreferences(paths.preferences),
    model: await localModel(place),
    verifier: await localVerifier(place),
    agent: localAgents(place, sandbox),
    toolchains: () => localToolchains(place, sandbox),
    parser: localParser(),
    proposals: localProposals(place),
    sandboxName: sandbox.name,
    fixRules: fixRules(place.settings),
    branchOfFix: (id) => keptBranch(paths.artefacts, id),
    syntax: localSyntax(place),
    repositoryAt: (dir) => repositoryAt(place, dir),
    readToEnd: (path) => readRecording(path, process.stdin),
    filesBelow,
    writeText,
    journal: async (source) => openJournal(paths.journals, source, clock.now()),
    source: async (name) => (await import('./try-source.ts')).trySource(place, name),
    wrap: (argv, onOutput) =>
      wrapCommand(argv, onOutput, { cwd: process.cwd(), env, colour: process.stdout.isTTY === true }),
    inspect: async () => [
      ...(await inspect(await factsOf(place, sandbox))),
      ...(await inspectModels(modelsOf(place), { clock, secrets: localSecrets(place) })),
    ],
    startDemo: async () => {
      const { startDemo } = await import('../adapters/demo/start-demo.ts');
      return startDemo({ folder: packageTemplates, env });
    },
  };
}

/** None when `offline` is set: then nothing may open a socket to one. */
function modelsOf({ settings }: Place) {
  return settings.offline ? [] : settings.diagnosis.providers;
}

async function factsOf(place: Place, sandbox: Sandbox): Promise<Inspected> {
  const { env, paths, settings } = place;
  return {
    env,
    sandbox: sandbox.name,
    sandboxWanted: settings.fix.sandbox,
    state: paths.state,
    socket: paths.socket,
    agent: await localAgents(place, sandbox)(null),
    keys: [
      ...modelsOf(place).flatMap(({ keyEnv, name }) =>
        keyEnv === null ? [] : [{ name: keyEnv, use: `the model of ${name}` }],
      ),
      { name: settings.github.tokenEnv, use: 'pull requests' },
    ],
    secrets: localSecrets(place),
  };
}

/** A command's own messages go to stderr, not to a log. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
