import type { AgentRun } from '../../ports/agent.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Child } from './child.ts';

/** Why a run is over. */
export interface Stop {
  readonly end: AgentRun['end'];
  readonly detail: string;
}

export interface Deadlines {
  readonly startMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** What can end a run from outside: deadlines, a cancel, the child's exit. */
export interface Watch {
  /** Settles with the first of them. Never rejects. */
  readonly stopped: Promise<Stop>;
  /** The session stands: the start's deadline no longer counts. */
  readonly started: () => void;
  /** A sign of life: silence is counted from now. */
  readonly alive: () => void;
  /** Ends the watch from inside. */
  readonly stop: (stop: Stop) => void;
  /** Releases the timers. */
  readonly release: () => void;
}

export function watchRun(child: Child, deadlines: Deadlines, clock: Clock, signal: AbortSignal): Watch {
  const over = new AbortController();
  let running = false;
  let lastLife = clock.now();
  const stopped = new Promise<Stop>((settle) => {
    over.signal.addEventListener('abort', () => settle(over.signal.reason as Stop), { once: true });
  });
  const stop = (reason: Stop) => over.abort(reason);

  async function after(ms: number, then: () => void): Promise<void> {
    await clock.sleep(ms, over.signal);
    if (!over.signal.aborted) then();
  }
  async function watchSilence(): Promise<void> {
    while (!over.signal.aborted) {
      const silentMs = clock.now() - lastLife;
      if (silentMs >= deadlines.idleMs) return stop(endOfSilence(deadlines));
      await clock.sleep(deadlines.idleMs - silentMs, over.signal);
    }
  }

  void after(deadlines.totalMs, () => stop(endOfTime(deadlines)));
  void after(deadlines.startMs, () => {
    if (!running) stop(endOfStart(deadlines));
  });
  void child.ended.then((end) =>
    stop(
      end.end === 'not_found'
        ? { end: 'not_installed', detail: end.reason }
        : { end: 'exited', detail: `the agent left with ${end.signal ?? `exit code ${end.code}`}` },
    ),
  );
  const cancel = () => stop({ end: 'cancelled', detail: 'cancelled' });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();

  return {
    stopped,
    stop,
    started() {
      running = true;
      lastLife = clock.now();
      void watchSilence();
    },
    alive() {
      lastLife = clock.now();
    },
    release() {
      signal.removeEventListener('abort', cancel);
      over.abort({ end: 'finished', detail: '' } satisfies Stop);
    },
  };
}

function endOfStart({ startMs }: Deadlines): Stop {
  return { end: 'start_timeout', detail: `no session after ${startMs / 1000} s` };
}

function endOfSilence({ idleMs }: Deadlines): Stop {
  return { end: 'idle_timeout', detail: `silent for ${idleMs / 1000} s` };
}

function endOfTime({ totalMs }: Deadlines): Stop {
  return { end: 'total_timeout', detail: `not done after ${totalMs / 1000} s` };
}
