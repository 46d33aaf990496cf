import { realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeAgent } from '../../../ports/agent.ts';
import { agentEnv, type Box, type BoxRules, boxOf } from '../box.ts';
import type { Child } from '../child.ts';
import type { AgentDeps } from '../deps.ts';
import { findProgram } from '../find-program.ts';
import type { Stop } from '../stop.ts';
import { notRun, type Stage, supervise, type TalkEnd } from '../supervise.ts';

export interface CommandOptions extends BoxRules {
  /** The word `{brief}` becomes the path of a file with the task; `{prompt}` is left out, and the task comes on stdin. */
  readonly argv: readonly [program: string, ...args: string[]];
}

const BRIEF = '{brief}';
const PROMPT = '{prompt}';
const BRIEF_FILE = 'brief.md';

/** Any program that changes files when it is given a task, and leaves when it is done: with 0 unless it failed. */
export function commandAgent(options: CommandOptions, deps: AgentDeps): CodeAgent {
  const [file, ...args] = options.argv;
  const program = () => findProgram(file, agentEnv(options.env, deps)['PATH'] ?? '');
  return {
    name: file,
    recorded: false,
    async probe() {
      const found = await program();
      return found === null
        ? { ready: false, detail: `${file} is not installed` }
        : { ready: true, detail: found };
    },
    async run(task, signal) {
      const found = await program();
      if (found === null) return notRun('not_installed', `${file} was not found on PATH`, file);
      const workspace = await realpath(task.workspace);
      const box = await boxOf([found, ...args.filter((word) => word !== PROMPT)], workspace, options, deps);
      try {
        const filled = await withBrief(box, task.brief);
        const takesFile = args.some((word) => word.includes(BRIEF));
        return await supervise(
          { name: file, box: filled, task: { ...task, workspace }, deps, signal },
          (stage) => talk(stage, takesFile ? '' : task.brief),
        );
      } finally {
        await box.dispose();
      }
    },
  };
}

/** The box with the task as a file in its temporary folder, and that path in its command. */
async function withBrief(box: Box, brief: string): Promise<Box> {
  const path = join(box.temp, BRIEF_FILE);
  await writeFile(path, brief);
  const [file, ...args] = box.command.argv;
  const argv = [file, ...args.map((word) => word.replaceAll(BRIEF, path))] as const;
  return { ...box, command: { ...box.command, argv } };
}

/** There is no protocol: what it prints is its text and its sign of life, and its exit its end. */
async function talk({ child, watch, updates, transcript, deps }: Stage, input: string): Promise<TalkEnd> {
  watch.started();
  const closed = new Promise((done) => child.stdout.once('close', done));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    watch.alive();
    transcript.keep('agent', text);
    updates.read({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
  });
  transcript.keep('vigilai', { prompt: input });
  child.stdin.end(input);
  const stop = await watch.stopped;
  return {
    stop:
      stop.end === 'exited'
        ? await endOf(child, stop, Promise.race([closed, deps.clock.sleep(DRAIN_MS)]))
        : stop,
    agent: '',
  };
}

/** What was printed before the exit may arrive after it; a grandchild may hold the pipe for ever. */
const DRAIN_MS = 150;

async function endOf(child: Child, stop: Stop, drained: Promise<unknown>): Promise<Stop> {
  await drained;
  const end = await child.ended;
  return end.end === 'exit' && end.code === 0 ? { end: 'finished', detail: 'it left with 0' } : stop;
}
