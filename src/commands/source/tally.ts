import type { SourceRecord } from '../../domain/event.ts';
import type { Understood } from '../../pipeline/formats/reader.ts';
import type { Pipeline, Pushed } from '../../pipeline/pipeline.ts';
import type { Batch, SourceHealth } from '../../ports/source.ts';

/** What was read of a source, and how it was understood. */
export interface Tally {
  readonly state: SourceHealth['state'];
  readonly last_error: string | null;
  readonly streams: readonly string[];
  readonly dropped: number;
  readonly records: number;
  readonly lines: number;
  readonly logs: number;
  readonly metrics: number;
  readonly errors: number;
  readonly events: number;
  readonly dead: readonly string[];
  readonly understood: Understood;
  readonly series: number;
  readonly templates: number;
  /** The last few records, as they came. */
  readonly samples: readonly SourceRecord[];
}

const MOST_SAMPLES = 5;
const MOST_STREAMS = 20;

/** Adds up what comes of a source. */
export function tally(pipeline: Pipeline) {
  const counts = { line: 0, log: 0, metric: 0, error: 0 };
  const streams = new Set<string>();
  const samples: SourceRecord[] = [];
  const dead: string[] = [];
  let events = 0;

  function take(pushed: Pushed): void {
    events += pushed.events;
    dead.push(...pushed.dead.map(({ reason }) => reason));
  }

  return {
    read(batch: Batch): void {
      if (streams.size < MOST_STREAMS) streams.add(batch.stream);
      for (const record of batch.records) counts[typeof record === 'string' ? 'line' : record.type] += 1;
      samples.push(...batch.records.slice(-MOST_SAMPLES));
      samples.splice(0, samples.length - MOST_SAMPLES);
      take(pipeline.push(batch));
    },
    end({ state, lastError, dropped }: SourceHealth): Tally {
      take(pipeline.advance(Number.MAX_SAFE_INTEGER));
      const { errors, series, templates } = pipeline.totals();
      return {
        ...{ state, last_error: lastError, dropped, streams: [...streams] },
        records: counts.line + counts.log + counts.metric + counts.error,
        ...{ lines: counts.line, logs: counts.log, metrics: counts.metric, errors },
        ...{ events, dead, understood: pipeline.understood(), series, templates, samples },
      };
    },
  };
}
