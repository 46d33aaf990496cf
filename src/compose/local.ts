import { folderArtefacts } from '../adapters/artefacts/artefacts.ts';
import { memoryBus } from '../adapters/memory/bus.ts';
import { memoryQueue } from '../adapters/memory/queue.ts';
import { createBacklog } from '../adapters/sources/journal/backlog.ts';
import { apiInboxes, findJournals, removeJournal } from '../adapters/sources/journal/find.ts';
import { journalSource } from '../adapters/sources/journal/reader.ts';
import { receiver } from '../adapters/sources/journal/receiver.ts';
import { signOf } from '../adapters/sources/journal/sign.ts';
import { openSqliteStore } from '../adapters/sqlite/store.ts';
import { openLog } from '../daemon/log.ts';
import type { DaemonParts } from '../daemon/parts.ts';
import { runDaemon } from '../daemon/run-daemon.ts';
import { hideAlso } from '../domain/redact/own-rules.ts';
import { loadFormats } from '../pipeline/formats/load-formats.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import type { House } from '../ports/house.ts';
import { crafts } from '../workflow/crafts.ts';
import type { WorkflowPorts } from '../workflow/ports.ts';
import { localAgents } from './engines.ts';
import { fixRules, localParser, localWorkspaces } from './fix-parts.ts';
import { localHouse } from './house.ts';
import {
  clock,
  localForge,
  localModel,
  localSandbox,
  localSyntax,
  localTemplates,
  localToolchains,
  localVerifier,
  repositoryAt,
} from './parts.ts';
import type { Place } from './place.ts';
import { configuredSources, openSource, type SourceDeps, sensitivityOf } from './sources.ts';

/** One person's machine: SQLite, one process, a unix socket. */
export const composeLocal = {
  async house(place: Place): Promise<House> {
    await hideAlso(place.settings.redaction);
    return localHouse(place);
  },
  async daemon(place: Place): Promise<number> {
    await hideAlso(place.settings.redaction);
    return runDaemon(await localParts(place));
  },
};

async function localParts(place: Place): Promise<DaemonParts> {
  const { paths, settings, version } = place;
  const { root } = paths;
  const { detection } = settings;
  const backlog = createBacklog();
  const inboxes = { journals: paths.journals, backlog, durable: settings.daemon.syncWrites };
  const work = await localWork(place);
  const formats = await loadFormats(settings.formats);
  const deps: SourceDeps = {
    place,
    log: work.log,
    inbox: (name, listen) => receiver({ ...inboxes, name, kind: 'receiver', listen }, clock),
  };
  return {
    version,
    root,
    paths: { socket: paths.socket, lock: paths.lock, state: paths.state, journals: paths.journals },
    idleMs: settings.daemon.idleHours * 3_600_000,
    retention: {
      days: settings.retention.days,
      maxBytes: settings.retention.maxMegabytes === null ? null : settings.retention.maxMegabytes * 2 ** 20,
      store: settings.retention.store,
    },
    backlog: () => backlog.waiting,
    sources: configuredSources(settings).map((one) => ({ type: one.type, ...openSource(one, deps) })),
    http: (settings.sources ?? []).filter((one) => one.type === 'http'),
    openApiSource(name) {
      return { type: 'api', ...receiver({ ...inboxes, name, kind: 'api', listen: null }, clock) };
    },
    findApiSources: () => apiInboxes(paths.journals),
    openJournalSource: (name, path) =>
      journalSource({ name, folder: path, form: 'text', limit: noLimit }, clock, signOf(path, clock)),
    findJournals: () => findJournals(paths.journals),
    removeJournal,
    createPipeline: (source) =>
      createPipeline({
        source,
        ...detection,
        sensitivity: sensitivityOf(source, settings),
        ...formats,
        keep: settings.retention.store === 'all' ? 'all' : 'around',
      }),
    work,
  };
}

const noLimit = () => Number.POSITIVE_INFINITY;

async function localWork(place: Place): Promise<WorkflowPorts> {
  const { paths, settings } = place;
  const { root, state, artefacts } = paths;
  const sandbox = await localSandbox(place);
  const templates = localTemplates(place);
  const { fix, budget, diagnosis, github } = settings;
  return {
    store: await openSqliteStore(paths.database),
    queue: memoryQueue(),
    bus: memoryBus(),
    clock,
    log: openLog({ path: paths.log, level: 'info' }),
    templates,
    crafts,
    automation: settings.automation,
    repository: () => repositoryAt(place, root).catch(() => null), // a folder that is no repository (yet)
    syntax: localSyntax(place),
    model: await localModel(place),
    verifier: await localVerifier(place),
    patterns: await templates.patterns(),
    caps: budget,
    contextTokens: diagnosis.contextTokens,
    agent: localAgents(place, sandbox),
    toolchains: localToolchains(place, sandbox),
    parser: localParser(),
    workspaces: localWorkspaces(place),
    artefacts: folderArtefacts({ stateDir: state, artefactsDir: artefacts }),
    fixRules: fixRules(settings),
    sandboxName: sandbox.name,
    pushUnconfined: fix.sandbox === 'none',
    forge: () => localForge(place),
    reviewers: github.reviewers,
  };
}
