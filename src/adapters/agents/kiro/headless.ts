import { createInterface } from 'node:readline';
import type { Child } from '../child.ts';
import type { Stop } from '../stop.ts';
import type { Stage, TalkEnd } from '../supervise.ts';
import type { Transcript } from '../transcript.ts';
import { classifyHeadless, saysNotSignedIn } from './classify.ts';
import { type Finished, readStreamLine } from './stream.ts';

/** Output that was written before the exit may arrive after it. */
const DRAIN_MS = 150;
const STDERR_LOOK_MS = 250;

/** One headless run. The prompt goes over stdin: an argument is limited to 128 KiB and shows in the process list. */
export async function talkHeadless(stage: Stage): Promise<TalkEnd> {
  const { child, watch, updates, transcript, task, deps } = stage;
  const seen: Seen = { finished: null, lines: 0, updates: 0 };
  listen(child, transcript, (line) => {
    // There is no handshake: the first line is what stands for a session.
    if (seen.lines === 0) watch.started();
    seen.lines += 1;
    watch.alive();
    note(line, seen, updates.read);
  });
  void watchLogin(stage);
  transcript.keep('vigilai', { prompt: task.brief });
  child.stdin.end(task.brief);
  const first = await watch.stopped;
  await deps.clock.sleep(DRAIN_MS);
  return { stop: first.end === 'exited' ? await classified(child, seen) : first, agent: '' };
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
async function watchLogin({ child, deps, watch }: Stage): Promise<void> {
  const over = new AbortController();
  void watch.stopped.then(() => over.abort());
  while (!over.signal.aborted) {
    if (saysNotSignedIn(child.stderrTail())) {
      return watch.stop({ end: 'not_signed_in', detail: 'Kiro asks for a login' });
    }
    await deps.clock.sleep(STDERR_LOOK_MS, over.signal);
  }
}

async function classified(child: Child, { finished, updates }: Seen): Promise<Stop> {
  const end = await child.ended;
  return classifyHeadless({ end, stderr: child.stderrTail(), finished, didSomething: updates > 0 });
}
