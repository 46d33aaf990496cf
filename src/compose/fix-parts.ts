import { gitProposals } from '../adapters/git/proposal.ts';
import { gitWorkspaces, type WorkspaceOptions } from '../adapters/git/workspace.ts';
import { run } from '../adapters/process/run.ts';
import type { Settings } from '../config/config.ts';
import type { FixRules } from '../domain/fix.ts';
import type { Parser } from '../ports/syntax-tree.ts';
import type { Proposals, Workspaces } from '../ports/workspace.ts';
import type { Place } from './place.ts';

export function localWorkspaces(place: Place): Workspaces {
  return gitWorkspaces(optionsOf(place));
}

export function localProposals(place: Place): Proposals {
  return gitProposals(optionsOf(place));
}

function optionsOf({ paths, env }: Place): WorkspaceOptions {
  return { root: paths.root, workspacesDir: paths.workspaces, run, env };
}

/** Loaded when a change is first read: most commands never do. */
export function localParser(): Parser {
  let opened: Promise<Parser> | null = null;
  return {
    async parse(file, text) {
      opened ??= import('../adapters/syntax/parser.ts').then((it) => it.treeSitterParser());
      return (await opened).parse(file, text);
    },
  };
}

/** What a fix may change and how much it has to show, as configured. */
export function fixRules({ fix, agent }: Settings): FixRules {
  const { maxFiles, maxLines, protectedPaths, allowDependencies, proofRuns, minCoverage } = fix;
  const [program, ...args] = fix.reproduce ?? [];
  const reproduce = program === undefined ? null : ([program, ...args] as const);
  return {
    maxFiles,
    maxLines,
    protectedPaths,
    allowDependencies,
    rounds: fix.rounds,
    startMs: agent.startSeconds * 1000,
    idleMs: agent.idleSeconds * 1000,
    turnMs: agent.turnSeconds * 1000,
    totalMs: agent.totalSeconds * 1000,
    proof: { runs: proofRuns, minCoverage, reproduce },
    monitoring: fix.monitoring,
  };
}
