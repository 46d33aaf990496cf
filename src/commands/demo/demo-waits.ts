import type { Client } from '../../client/client.ts';
import type { SourceView } from '../../contract/system-views.ts';
import type { AnomalyView } from '../../contract/views.ts';
import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';

export interface Wait {
  readonly client: Client;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly step: (text: string) => void;
}

const POLL_MS = 400;
const LEARNING_MS = 60_000;
const NOTICING_MS = 45_000;

/** Until the numbers of every route have been seen often enough. */
export async function untilLearnt(wait: Wait): Promise<void> {
  await until(wait, LEARNING_MS, async () => {
    const status = await wait.client.status();
    const series = status.sources.flatMap((source) => source.series).filter(isDuration);
    const [slowest] = series.toSorted((a, b) => shareOf(a) - shareOf(b));
    if (slowest !== undefined)
      wait.step(`learning what is normal: ${slowest.seen} of ${slowest.needed} points`);
    return series.length >= 2 && series.every(({ state }) => state !== 'training') ? true : null;
  });
}

type Series = SourceView['series'][number];

function isDuration({ name }: Series): boolean {
  return name.startsWith('duration_ms');
}

function shareOf({ state, seen, needed }: Series): number {
  return state === 'training' ? seen / Math.max(1, needed) : 1;
}

/** The crash and the slow path, both diagnosed. */
export async function untilNoticed(wait: Wait): Promise<readonly [AnomalyView, AnomalyView]> {
  return until(wait, NOTICING_MS, async () => {
    const { items } = await wait.client.listAnomalies({});
    const crash = items.find(({ kind }) => kind === 'error');
    const slow = items.find(
      ({ kind, sample }) => kind === 'metric' && Object.values(sample.labels).includes('/report'),
    );
    wait.step(`waiting for both: ${stateOf('the crash', crash)}, ${stateOf('the slow path', slow)}`);
    const done = (anomaly: AnomalyView | undefined) => anomaly?.diagnosis_id != null;
    return crash !== undefined && slow !== undefined && done(crash) && done(slow) ? [crash, slow] : null;
  });
}

function stateOf(name: string, anomaly: AnomalyView | undefined): string {
  return `${name} ${anomaly === undefined ? 'not noticed yet' : `is ${anomaly.status}`}`;
}

async function until<T>({ clock, signal }: Wait, limitMs: number, look: () => Promise<T | null>): Promise<T> {
  const deadline = clock.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (signal.aborted) throw new VigilError('cancelled', { what: 'interrupted' });
    if (clock.now() > deadline)
      throw new Error(`the demo waited ${limitMs / 1000} s in vain; try it with --keep`);
    await clock.sleep(POLL_MS, signal);
  }
}
