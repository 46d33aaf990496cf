import { VigilError } from '../domain/errors.ts';
import type { Job, JobKind } from '../domain/job.ts';
import { redact } from '../domain/redact.ts';
import { codeOf, endOf, MAX_ATTEMPTS, pauseBefore, reasonOf, triesAgain } from './failure.ts';
import type { Handler } from './handlers.ts';
import type { Run, WorkflowPorts } from './ports.ts';
import { putLater, type Wanted } from './put-job.ts';

export interface Worker {
  /** Pulls and does jobs until `signal` aborts; then puts what ran back into the queue and settles. */
  run(signal: AbortSignal): Promise<void>;
  /** Stops a running or waiting job. The job as it now is, or null when there is none of that id. */
  cancel(jobId: string): Promise<Job | null>;
  /** This worker holds it: it runs, waits in its lane, or pauses before the next try. */
  holds(jobId: string): boolean;
}

export interface WorkerOptions {
  readonly handlers: Readonly<Record<JobKind, Handler>>;
  /** Told once a run is over, however it ended; for metrics. */
  readonly onEnd: (job: Job, durationMs: number) => void;
}

interface Bench {
  readonly ports: WorkflowPorts;
  readonly options: WorkerOptions;
  readonly running: Map<string, AbortController>;
  readonly held: Set<string>;
  /** One job a kind at a time: a long fix does not hold up a diagnosis. */
  readonly lanes: Map<JobKind, Promise<void>>;
  readonly pauses: Set<Promise<void>>;
}

export function createWorker(ports: WorkflowPorts, options: WorkerOptions): Worker {
  const bench: Bench = {
    ports,
    options,
    running: new Map(),
    held: new Set(),
    lanes: new Map(),
    pauses: new Set(),
  };
  return {
    run: (signal) => pullAll(bench, signal),
    cancel: (jobId) => cancel(bench, jobId),
    holds: (jobId) => bench.held.has(jobId),
  };
}

async function pullAll(bench: Bench, signal: AbortSignal): Promise<void> {
  for await (const id of bench.ports.queue.pull(signal)) {
    if (bench.held.has(id)) continue;
    await take(bench, id, signal);
  }
  await Promise.all([...bench.lanes.values(), ...bench.pauses]);
}

async function take(bench: Bench, id: string, signal: AbortSignal): Promise<void> {
  const job = await readJob(bench, id);
  if (job === null || job.status !== 'queued') return;
  bench.held.add(id);
  const before = bench.lanes.get(job.kind) ?? Promise.resolve();
  bench.lanes.set(
    job.kind,
    before.then(() => attempt(bench, id, signal)),
  );
}

async function readJob(bench: Bench, id: string): Promise<Job | null> {
  try {
    return await bench.ports.store.job(id);
  } catch (error) {
    // The hint is lost, the job is not: the sweep finds it again.
    bench.ports.log.warn({ err: error, job: id }, 'a job could not be read');
    return null;
  }
}

/** One try. Nothing that happens in it stops the lane. */
async function attempt(bench: Bench, id: string, signal: AbortSignal): Promise<void> {
  let again: Job | null = null;
  try {
    const job = await claim(bench, id, signal);
    if (job !== null) again = await work(bench, job, signal);
  } catch (error) {
    // The store failed while the job was being claimed or ended; the sweep finds it again.
    bench.ports.log.error({ err: error, job: id }, 'a job could not be kept');
  }
  bench.held.delete(id);
  if (again !== null) pauseThenPush(bench, again, signal);
}

async function claim(bench: Bench, id: string, signal: AbortSignal): Promise<Job | null> {
  const queued = await bench.ports.store.job(id);
  if (signal.aborted || queued === null || queued.status !== 'queued') return null;
  const job: Job = {
    ...queued,
    status: 'processing',
    attempts: queued.attempts + 1,
    step: 'starting',
    error: null,
  };
  return (await save(bench, job, 'queued')) ? job : null;
}

/** Answers the job when it is to be tried again. */
async function work(bench: Bench, job: Job, signal: AbortSignal): Promise<Job | null> {
  const { ports, options } = bench;
  const controller = new AbortController();
  bench.running.set(job.id, controller);
  const began = ports.clock.now();
  let current = job;
  const later: (readonly [Wanted, number])[] = [];
  const run: Run = {
    signal: AbortSignal.any([signal, controller.signal]),
    last: job.attempts >= MAX_ATTEMPTS,
    progress: (step: string, progress: number) => {
      current = { ...current, step: redact(step), progress, updatedAt: ports.clock.now() };
      ports.bus.publish({ kind: 'job', job: current });
    },
    later: (wanted, notBefore) => later.push([wanted, notBefore]),
  };
  let ended: Job;
  try {
    await options.handlers[job.kind](job, ports, run);
    ended = { ...current, status: 'completed', progress: 1, step: 'done' };
  } catch (error) {
    ended = afterFailure(current, error, { stopping: signal.aborted, cancelled: controller.signal.aborted });
    ports.log[codeOf(error) === 'bug' ? 'error' : 'info'](
      { err: error, job: job.id },
      `${job.kind} ended ${ended.status}`,
    );
  }
  bench.running.delete(job.id);
  options.onEnd(ended, ports.clock.now() - began);
  await save(bench, ended, 'processing');
  for (const [wanted, notBefore] of later) await putLater(wanted, notBefore, ports);
  return ended.status === 'queued' && !signal.aborted ? ended : null;
}

function afterFailure(job: Job, error: unknown, why: { stopping: boolean; cancelled: boolean }): Job {
  if (why.cancelled)
    return { ...job, ...failure(new VigilError('cancelled', { what: `the ${job.kind} was cancelled` })) };
  // A daemon that stops has not tried: the next one starts over.
  if (why.stopping)
    return { ...job, status: 'queued', attempts: job.attempts - 1, progress: 0, step: 'waiting' };
  if (!triesAgain(job.kind, error, job.attempts >= MAX_ATTEMPTS)) return { ...job, ...failure(error) };
  return { ...job, ...failure(error), status: 'queued', progress: 0, step: 'waiting before the next try' };
}

function failure(error: unknown): Pick<Job, 'status' | 'error' | 'step'> {
  const message = redact(reasonOf(error));
  return { status: endOf(error), error: { code: codeOf(error), message }, step: 'ended' };
}

async function save(bench: Bench, job: Job, from: Job['status']): Promise<boolean> {
  const stamped = { ...job, updatedAt: bench.ports.clock.now() };
  const saved = await bench.ports.store.saveJob(stamped, from);
  if (saved) bench.ports.bus.publish({ kind: 'job', job: stamped });
  return saved;
}

function pauseThenPush(bench: Bench, job: Job, signal: AbortSignal): void {
  const { clock, queue, log } = bench.ports;
  bench.held.add(job.id);
  const pause = clock
    .sleep(pauseBefore(job.attempts), signal)
    .then(() => {
      bench.held.delete(job.id);
      return signal.aborted ? undefined : queue.push(job.id);
    })
    .catch((error: unknown) => log.warn({ err: error, job: job.id }, 'a job waits for the sweep'))
    .finally(() => bench.pauses.delete(pause));
  bench.pauses.add(pause);
}

async function cancel(bench: Bench, jobId: string): Promise<Job | null> {
  const job = await bench.ports.store.job(jobId);
  if (job === null) return null;
  bench.running.get(jobId)?.abort(new VigilError('cancelled', { what: `the ${job.kind} was cancelled` }));
  if (job.status !== 'queued') return job;
  const error = new VigilError('cancelled', { what: `the ${job.kind} was cancelled` });
  await save(bench, { ...job, ...failure(error) }, 'queued');
  return bench.ports.store.job(jobId);
}
