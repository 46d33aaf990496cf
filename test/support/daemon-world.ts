import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryBus } from '../../src/adapters/memory/bus.ts';
import { memoryQueue } from '../../src/adapters/memory/queue.ts';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Change } from '../../src/ports/bus.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ProposedPull, Repository } from '../../src/ports/repository.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Crafts, WorkflowPorts } from '../../src/workflow/ports.ts';
import { proofRules } from './fix-samples.ts';
import { diagnosisFor, fixFor } from './nouns.ts';
import { syntaxOnPaper } from './outline-of.ts';

/** A real store in a temporary folder, and scripted everything else. */
export interface World {
  readonly folder: string;
  readonly store: Store;
  readonly work: WorkflowPorts;
  /** What was published, in order. */
  readonly changes: readonly Change[];
  readonly pulls: readonly ProposedPull[];
  readonly logged: readonly string[];
  close(): Promise<void>;
}

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export async function createWorld(clock: Clock, changes: Partial<WorkflowPorts> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'vigilai-world-'));
  const store = await openSqliteStore(join(folder, 'vigilai.db'));
  const seen: Change[] = [];
  const pulls: ProposedPull[] = [];
  const logged: string[] = [];
  const bus = memoryBus();
  const work = scriptedWork({
    store,
    queue: memoryQueue(),
    bus: {
      publish(change) {
        seen.push(change);
        bus.publish(change);
      },
      subscribe: (signal) => bus.subscribe(signal),
    },
    clock,
    log: { ...silentLog, warn: (_, text) => logged.push(text), error: (_, text) => logged.push(text) },
    forge: async () => ({
      repository: 'acme/shop',
      push: async () => undefined,
      async ensurePull(proposal) {
        pulls.push(proposal);
        const change = pulls.length === 1 ? 'created' : 'updated';
        return { number: 7, url: 'https://example.test/acme/shop/pull/7', change };
      },
    }),
    ...changes,
  });
  return {
    folder,
    store,
    work,
    changes: seen,
    pulls,
    logged,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Real = 'store' | 'queue' | 'bus' | 'clock' | 'log';

/** Jobs succeed at once, without a repository, a model, an agent or a forge of this world. */
export function scriptedWork(given: Pick<WorkflowPorts, Real> & Partial<WorkflowPorts>): WorkflowPorts {
  return {
    templates: { text: async (name) => `text of ${name}`, patterns: async () => [] },
    crafts: scriptedCrafts(),
    automation: 'diagnose',
    repository: async () => scriptedRepository,
    syntax: syntaxOnPaper,
    model: null,
    verifier: null,
    patterns: [],
    contextTokens: 6000,
    caps: { perAnomaly: 1, perDay: 10, perWorkspace: 100 },
    agent: async () => ({
      name: 'scripted',
      recorded: false,
      probe: async () => ({ ready: true, detail: '' }),
      run: () => Promise.reject(new Error('nobody runs it')),
    }),
    toolchains: { detect: async () => null },
    workspaces: { open: () => Promise.reject(new Error('nobody opens it')) },
    artefacts: { keep: async () => 'fixes/1' },
    parser: { parse: async () => null },
    fixRules: {
      maxFiles: 5,
      maxLines: 200,
      protectedPaths: [],
      rounds: 1,
      turnMs: 60_000,
      startMs: 1,
      idleMs: 1,
      totalMs: 1,
      proof: proofRules,
      monitoring: 'auto',
    },
    sandboxName: 'bubblewrap',
    pushUnconfined: false,
    forge: async () => null,
    reviewers: [],
    ...given,
  };
}

/** Every craft succeeds at once. */
export function scriptedCrafts(changes: Partial<Crafts> = {}): Crafts {
  return {
    diagnose: async (anomaly, _, { id }) => diagnosisFor(anomaly.id, { id }),
    previewPrompt: async () => ({ system: 'You explain.', prompt: diagnosisFor('x').rootCause }),
    previewContext: async () => ({ budget: 6000, used: 0, items: [] }),
    planFix: ({ anomaly, diagnosis, base, rules, briefTemplate }) => ({
      anomalyId: anomaly.id,
      diagnosisId: diagnosis.id,
      branch: 'vigilai/x-is-undefined',
      baseCommit: base.commit,
      baseBranch: base.branch,
      title: 'fix: x',
      suspect: 'src/a.js',
      errorType: 'TypeError',
      fault: { message: null, trace: null, suspects: [] },
      brief: briefTemplate,
      monitoring: rules.monitoring,
      limits: rules,
      proof: rules.proof,
      commitMessage: 'fix: x',
    }),
    applyFix: async (plan, ports) =>
      fixFor(diagnosisFor(plan.anomalyId, { id: plan.diagnosisId }), { id: ports.fixId }),
    pullText: ({ anomaly, diagnosis }) => ({ title: `fix: ${anomaly.title}`, body: diagnosis.rootCause }),
    ...changes,
  };
}

const scriptedRepository: Repository = {
  root: '/repo',
  head: async () => 'b'.repeat(40),
  branch: async () => 'feature',
  dirty: async () => false,
  files: async () => [],
  tracked: async () => [],
  read: async () => null,
  blame: async () => null,
  lineLog: async () => [],
  log: async () => [],
  changes: async () => [],
  tags: async () => [],
  grep: async () => [],
  remote: async () => null,
  defaultBranch: async () => 'main',
};
