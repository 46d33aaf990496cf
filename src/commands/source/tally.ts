import type { SourceRecord } from '../../domain/event.ts';
import type { Redacted } from '../../domain/redact.ts';
import type { Understood } from '../../pipeline/formats/reader.ts';
import type { Pipeline, Pushed } from '../../pipeline/pipeline.ts';
import type { Batch, SourceHealth } from '../../ports/source.ts';
import { recordText } from './record-text.ts';

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
  /** Why records could not be read, one each. */
  readonly dead: readonly string[];
  readonly understood: UnderstoodLines;
  readonly series: number;
  readonly templates: number;
  /** The last few records, without their secrets. */
  readonly samples: readonly Redacted[];
}

/** How the lines among the records were understood; shares are 0..1. */
export interface UnderstoodLines {
  readonly lines: number;
  readonly formats: readonly { readonly name: string; readonly lines: number }[];
  readonly with_time: number;
  readonly with_level: number;
  /** Time and level that the source knows of a line beside its text (docker, journald, syslog). */
  readonly carried_time: number;
  readonly carried_level: number;
  readonly wrapped: number;
  readonly zone: Understood['zone'];
}

const MOST_SAMPLES = 5;
const MOST_STREAMS = 20;

/** Adds up what comes of a source. */
export function tally(pipeline: Pipeline) {
  const counts = { line: 0, log: 0, metric: 0, error: 0 };
  const carried = { time: 0, level: 0 };
  const streams = new Set<string>();
  const samples: SourceRecord[] = [];
  const dead: string[] = [];
  let events = 0;

  function take(pushed: Pushed): void {
    events += pushed.events;
    dead.push(...pushed.dead.map(({ reason }) => reason));
  }

  function count(record: SourceRecord): void {
    counts[typeof record === 'string' ? 'line' : record.type] += 1;
    if (typeof record === 'string' || record.type !== 'line') return;
    if (record.timestamp !== null) carried.time += 1;
    if (record.level !== null) carried.level += 1;
  }

  return {
    read(batch: Batch): void {
      if (streams.size < MOST_STREAMS) streams.add(batch.stream);
      for (const record of batch.records) count(record);
      samples.push(...batch.records.slice(-MOST_SAMPLES));
      samples.splice(0, samples.length - MOST_SAMPLES);
      take(pipeline.push(batch));
    },
    end({ state, lastError, dropped }: SourceHealth): Tally {
      take(pipeline.advance(Number.MAX_SAFE_INTEGER));
      const { errors, series, templates } = pipeline.totals();
      return {
        state,
        last_error: lastError,
        dropped,
        streams: [...streams],
        records: counts.line + counts.log + counts.metric + counts.error,
        lines: counts.line,
        logs: counts.log,
        metrics: counts.metric,
        errors,
        events,
        dead,
        understood: understoodOf(pipeline.understood(), carried, counts.line),
        series,
        templates,
        samples: samples.map(recordText),
      };
    },
  };
}

function understoodOf(
  { formats, withTime, withLevel, wrapped, zone, lines }: Understood,
  carried: { readonly time: number; readonly level: number },
  of: number,
): UnderstoodLines {
  const share = (part: number): number => (of === 0 ? 0 : part / of);
  return {
    lines,
    formats: formats.map(([name, many]) => ({ name, lines: many })),
    with_time: withTime,
    with_level: withLevel,
    carried_time: share(carried.time),
    carried_level: share(carried.level),
    wrapped,
    zone,
  };
}
