import { isoOf } from '../../contract/iso.ts';
import type { StatusView } from '../../contract/system-views.ts';
import { jobToView } from '../../contract/to-view.ts';
import type { WorkflowPorts } from '../../workflow/ports.ts';
import type { Worker } from '../../workflow/worker.ts';
import type { Sources } from '../intake/sources.ts';
import type { LiveView } from '../live-view.ts';
import type { Metrics } from '../metrics.ts';
import type { Retention } from '../retention.ts';

/** What the routes reach. */
export interface Desk {
  readonly version: string;
  readonly root: string;
  readonly statePath: string;
  readonly startedAt: number;
  /** `bus` is the one that the live view listens to. */
  readonly work: WorkflowPorts;
  readonly worker: Worker;
  readonly sources: Sources;
  readonly retention: Retention;
  /** Accepted records that wait to be read. */
  backlog(): number;
  readonly live: LiveView;
  readonly metrics: Metrics;
  /** False until sources and workers run. */
  ready(): boolean;
  /** Connections that are open now. */
  clients(): number;
  /** Asks the daemon to flush and stop; returns at once. */
  requestStop(): void;
}

export function statusOf(desk: Desk): StatusView {
  const { work, live } = desk;
  return {
    version: desk.version,
    pid: process.pid,
    workspace: desk.root,
    started_at: isoOf(desk.startedAt),
    uptime_seconds: (work.clock.now() - desk.startedAt) / 1000,
    clients: desk.clients(),
    automation: work.automation,
    state_path: desk.statePath,
    sources: [...desk.sources.views()],
    dead_letters: live.deadLetters(),
    backlog: desk.backlog(),
    retention: desk.retention.view(),
    anomalies_open: live.openAnomalies(),
    jobs_active: live.activeJobs().map(jobToView),
  };
}
