import type { Labels, MetricRecord } from '../../../domain/event.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Polled } from '../poll.ts';

/** One number of one moment. What is not known is null and no point. */
export interface Sample {
  readonly metric: string;
  readonly value: number | null;
  readonly labels?: Labels;
}

/** One thing that can be asked of this machine, and that may fail by itself. */
export interface Probe {
  readonly name: string;
  /** `now` in epoch ms. Rates are over the time since the reading before, so the first one has none. */
  read(now: number): Promise<readonly Sample[]>;
}

const PATIENCE_MS = 5000;
const NO_LABELS: Labels = {};

/**
 * Asks all of them side by side. One that fails or has no answer within five seconds is named in `problem`, and the others
 * are delivered; it is not asked again while it is still at it (a file server that is gone can hold `df` for hours).
 */
export function asking(
  probes: readonly Probe[],
  clock: Clock,
): (signal: AbortSignal, now: number) => Promise<Polled> {
  const running = new Set<Probe>();

  async function ask(probe: Probe, now: number): Promise<readonly Sample[] | string> {
    if (running.has(probe)) return 'still no answer';
    running.add(probe);
    const over = new AbortController();
    let answer: readonly Sample[] | string = `no answer within ${PATIENCE_MS / 1000} s`;
    void readingOf(probe, now).then((said) => {
      answer = said;
      running.delete(probe);
      over.abort();
    });
    await clock.sleep(PATIENCE_MS, over.signal);
    return answer;
  }

  return async (_, now) => {
    const answers = await Promise.all(probes.map((probe) => ask(probe, now)));
    const problems = answers.flatMap((answer, i) =>
      typeof answer === 'string' ? [`${probes[i]?.name ?? ''}: ${answer}`] : [],
    );
    const samples = answers.flatMap((answer) => (typeof answer === 'string' ? [] : answer));
    return {
      records: samples.flatMap((sample) => pointOf(sample, now)),
      problem: problems.length === 0 ? null : problems.join('; '),
    };
  };
}

/** Its samples, or why there are none. */
function readingOf(probe: Probe, now: number): Promise<readonly Sample[] | string> {
  return probe.read(now).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}

function pointOf({ metric, value, labels }: Sample, timestamp: number): readonly MetricRecord[] {
  if (value === null || !Number.isFinite(value)) return [];
  return [{ type: 'metric', timestamp, metadata: labels ?? NO_LABELS, data: { metricName: metric, value } }];
}
