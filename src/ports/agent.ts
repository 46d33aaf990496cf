import type { Fault, FixLimits } from '../domain/fix.ts';
import type { EditableFiles } from './files.ts';

/** What an agent is doing, as it goes. */
export type AgentProgress =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'plan'; readonly entries: readonly string[] }
  | {
      readonly kind: 'tool';
      readonly id: string;
      readonly title: string;
      readonly toolKind: string;
      readonly status: string;
      readonly paths: readonly string[];
    };

export interface AgentTask {
  /** What the agent is told, the feedback included. */
  readonly brief: string;
  /** 1 is the first. A later round finds the tree as the one before left it. */
  readonly round: number;
  /** What the proof of the round before said, for the agent; null in the first. */
  readonly feedback: string | null;
  /** The same fault as data, for engines that read no prose. */
  readonly fault: Fault;
  /** The workspace's files, for engines that are no program of their own. */
  readonly files: EditableFiles;
  /** Absolute path of the workspace; the agent's only writable folder beside its own temp folder. */
  readonly workspace: string;
  readonly limits: FixLimits;
  /** Why a path of the workspace, relative to it, may not be changed; null when it may. */
  readonly refuses: (path: string) => string | null;
  readonly onProgress: (progress: AgentProgress) => void;
}

/** How a run ended. It never tells whether there is a fix: the diff and the proof do. */
export interface AgentRun {
  readonly end:
    | 'finished'
    | 'not_installed'
    | 'not_signed_in'
    | 'start_timeout'
    | 'idle_timeout'
    | 'total_timeout'
    | 'exited'
    /** It wrote, printed or started more than any run may. */
    | 'exceeded'
    | 'failed'
    | 'cancelled';
  readonly detail: string;
  readonly text: string;
  /** Name and version as the agent gave them. */
  readonly agent: string;
  /** One JSON text a line: what went over the wire, for the kept transcript. */
  readonly transcript: readonly string[];
  /** What the run cost in US dollars; missing where the agent does not tell. */
  readonly dollars?: number;
}

export interface AgentProbe {
  readonly ready: boolean;
  readonly detail: string;
}

export interface CodeAgent {
  readonly name: string;
  /** It replays a recorded run. */
  readonly recorded: boolean;
  /** Cheap: version and credentials, no credits spent, at most a few seconds. */
  probe(): Promise<AgentProbe>;
  /** Settles in every case, with the whole process group gone. Never throws for what an agent does. */
  run(task: AgentTask, signal: AbortSignal): Promise<AgentRun>;
}
