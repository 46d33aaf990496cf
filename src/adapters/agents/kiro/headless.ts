import { createInterface } from 'node:readline';
import type { AgentRun, AgentTask } from '../../../ports/agent.ts';
import type { Command } from '../../../ports/process.ts';
import { withStderr } from '../acp/agent.ts';
import { createUpdates } from '../acp/updates.ts';
import { type Child, startChild } from '../child.ts';
import type { AgentDeps } from '../deps.ts';
import { type Stop, watchRun } from '../stop.ts';
import { createTranscript, type Transcript } from '../transcript.ts';
import { classifyHeadless, saysNotSignedIn } from './classify.ts';
import { type Finished, readStreamLine } from './stream.ts';

const TRANSCRIPT_BYTES = 5 * 1024 * 1024;
const LEAVE_MS = 150;
const TERM_MS = 1_000;
/** Output that was written before the exit may arrive after it. */
const DRAIN_MS = 150;
const STDERR_LOOK_MS = 250;

/** One headless run. The prompt goes over stdin: an argument is limited to 128 KiB and shows in the process list. */
export async function runHeadless(
  command: Command,
  name: string,
  { deps, task, signal }: { deps: AgentDeps; task: AgentTask; signal: AbortSignal },
): Promise<AgentRun> {
  const child = startChild(command, deps.clock);
  const transcript = createTranscript(TRANSCRIPT_BYTES);
  const updates = createUpdates(task.workspace, task.onProgress);
  // There is no handshake: the first line is what stands for a session.
  const watch = watchRun(child, task.limits, deps.clock, signal);
  const seen: Seen = { finished: null, lines: 0, updates: 0 };
  try {
    listen(child, transcript, (line) => {
      if (seen.lines === 0) watch.started();
      seen.lines += 1;
      watch.alive();
      note(line, seen, updates.read);
    });
    void watchLogin(child, deps, watch);
    transcript.keep('vigilai', { prompt: task.brief });
    child.stdin.end(task.brief);
    const first = await watch.stopped;
    await deps.clock.sleep(DRAIN_MS);
    updates.flush();
    const stop = first.end === 'exited' ? await classified(child, seen) : first;
    const detail = withStderr(stop, child.stderrTail());
    return { end: stop.end, detail, text: updates.text(), agent: name, transcript: transcript.lines() };
  } finally {
    watch.release();
    await child.stop(signal.aborted ? 0 : LEAVE_MS, TERM_MS);
  }
}

interface Seen {
  finished: Finished | null;
  lines: number;
  updates: number;
}

function listen(child: Child, transcript: Transcript, hear: (message: unknown) => void): void {
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = parse(line);
    transcript.keep('agent', message);
    hear(message);
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line; // stray text on stdout
  }
}

function note(message: unknown, seen: Seen, read: (update: unknown) => void): void {
  const line = readStreamLine(message);
  if (line.kind === 'finished') seen.finished = line.finished;
  if (line.kind !== 'update') return;
  seen.updates += 1;
  read(line.update);
}

/** A credential that vanished since the probe: `chat` prints a device code and waits for ever. */
async function watchLogin(
  child: Child,
  { clock }: AgentDeps,
  watch: ReturnType<typeof watchRun>,
): Promise<void> {
  const over = new AbortController();
  void watch.stopped.then(() => over.abort());
  while (!over.signal.aborted) {
    if (saysNotSignedIn(child.stderrTail())) {
      return watch.stop({ end: 'not_signed_in', detail: 'Kiro asks for a login' });
    }
    await clock.sleep(STDERR_LOOK_MS, over.signal);
  }
}

async function classified(child: Child, { finished, updates }: Seen): Promise<Stop> {
  const end = await child.ended;
  return classifyHeadless({ end, stderr: child.stderrTail(), finished, didSomething: updates > 0 });
}
