import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/**
 * What the worker module `file` answers to each task, in the order of the tasks. Each of `workers` threads gets the next
 * task once it has answered; how far they are is told.
 */
export async function onWorkers<Task, Answer>(
  file: URL,
  tasks: readonly Task[],
  workers: number,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    const worker = new Worker(file);
    for (let at = next++; at < tasks.length; at = next++) {
      worker.postMessage(tasks[at]);
      [answers[at]] = await once(worker, 'message');
      done += 1;
      tell(done, tasks.length);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, work));
  return answers;
}

/** In the worker module. */
export function answerTasks<Task, Answer>(answer: (task: Task) => Answer): void {
  if (isMainThread) throw new Error('this module is for workers');
  parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)));
}

/** How far it is, on stderr, every twentieth part of the way. */
export function tell(done: number, all: number): void {
  const parts = Math.floor((20 * done) / all);
  if (parts > Math.floor((20 * (done - 1)) / all)) process.stderr.write(`${done} of ${all} series\n`);
}
