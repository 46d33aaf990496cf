import type { AgentRun, AgentTask, CodeAgent } from '../../ports/agent.ts';
import type { Parser } from '../../ports/syntax-tree.ts';
import { type Proposal, type Proposed, propose } from './propose.ts';

const NAME = 'repair';

/**
 * Writes fixes without a model: known repairs of known crashes, as edits of the syntax tree, each with the test that
 * reproduces the crash. Round k tries the k-th, from the text that round 1 found. It claims nothing: the proof decides.
 * Where it knows no repair, or no input that brings the crash about, it changes nothing and says why in `detail`.
 */
export function repairEngine(parser: Parser): CodeAgent {
  const begun = new Map<string, Proposed>();
  const proposedFor = async ({ round, workspace, fault, files }: AgentTask): Promise<Proposed> => {
    const known = round === 1 ? undefined : begun.get(workspace);
    const proposed = known ?? (await propose(fault, files, parser));
    begun.set(workspace, proposed);
    return proposed;
  };
  return {
    name: NAME,
    recorded: false,
    probe: async () => ({ ready: true, detail: 'built in; needs no key and no network' }),
    run: async (task, signal) => {
      if (signal.aborted) return ended('cancelled', 'before it began');
      const proposed = await proposedFor(task);
      const proposal = proposed.proposals[task.round - 1];
      if (proposal === undefined) return ended('finished', whyNot(proposed));
      return apply(proposal, task);
    },
  };
}

/** Both files are whole, so whatever a round before left in them is gone. */
async function apply({ does, source, test }: Proposal, { files, onProgress }: AgentTask): Promise<AgentRun> {
  onProgress({ kind: 'plan', entries: [does] });
  for (const { file, text } of [source, test]) {
    const call = {
      kind: 'tool',
      id: file,
      title: `writes ${file}`,
      toolKind: 'edit',
      paths: [file],
    } as const;
    onProgress({ ...call, status: 'in_progress' });
    await files.write(file, text);
    onProgress({ ...call, status: 'completed' });
  }
  return ended('finished', does);
}

function whyNot(proposed: Proposed): string {
  return 'why' in proposed ? proposed.why : 'there is no further repair to try';
}

function ended(end: AgentRun['end'], detail: string): AgentRun {
  return { end, detail, text: detail, agent: NAME, transcript: [JSON.stringify({ end, detail })] };
}
