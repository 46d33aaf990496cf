import type { Queue } from '../../ports/queue.ts';

/** The queue of one process: hints only, so losing it with the process loses nothing (`sweep` finds the jobs). */
export function memoryQueue(): Queue {
  const waiting: string[] = [];
  const idle = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of idle) wake();
    idle.clear();
  };
  return {
    push(jobId) {
      if (!waiting.includes(jobId)) waiting.push(jobId);
      wakeAll();
      return Promise.resolve();
    },
    async *pull(signal) {
      signal.addEventListener('abort', wakeAll, { once: true });
      while (!signal.aborted) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => idle.add(resolve));
      }
    },
  };
}
