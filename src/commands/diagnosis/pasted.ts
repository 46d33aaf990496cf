import type { Anomaly, AnomalyFacts } from '../../domain/anomaly.ts';
import { VigilError } from '../../domain/errors.ts';
import type { SourceRecord } from '../../domain/event.ts';
import type { KeptEvent } from '../../domain/kept-event.ts';
import type { Sighting } from '../../domain/sighting.ts';
import { parseLine } from '../../pipeline/formats/detect.ts';
import { USUAL } from '../../pipeline/options.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import type { House } from '../../ports/house.ts';
import type { Batch } from '../../ports/source.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import { lineAnomaly, reportAnomaly } from './pasted-anomaly.ts';
import { restOfInput } from './rest-of-input.ts';

/** What of an input is diagnosed, and which of how many that is, in words. */
interface Told {
  readonly anomaly: Anomaly;
  readonly which: string;
}

export interface Pasted extends Told {
  readonly surroundings: Surroundings;
}

/** The end of an input is kept: a report of tests is read whole. */
const MOST_LINES = 20_000;
/** Lines that are looked at where nothing in the input stands out. */
const LAST_LINES = 50;
/** Records around anomalies of it that are kept. */
const MOST_RECORDS = 1000;
const SOURCE = 'input';

/**
 * A report of tests says what failed. Of anything else, what the pipeline would open for it: the last error, else what it is
 * surest of, else the last line that tells of a failure.
 * @throws VigilError `bad_input` for one without a line.
 */
export async function readPasted(input: string, house: House): Promise<Pasted> {
  const pipeline = createPipeline({ ...USUAL, source: SOURCE, keep: 'around' });
  const kept: KeptEvent[] = [];
  const seen = new Map<string, AnomalyFacts>();
  const last: string[] = [];
  for await (const batch of house.readToEnd(input)) {
    for (const [at, record] of batch.records.entries()) {
      // One at a time: they are then told in the order in which they came.
      const pushed = pipeline.push(recordAt(at, batch));
      take(pushed.sightings, seen);
      kept.push(...pushed.kept);
      last.push(textOf(record));
    }
    if (last.length > 2 * MOST_LINES) last.splice(0, last.length - MOST_LINES);
  }
  take(pipeline.advance(Number.MAX_SAFE_INTEGER).sightings, seen);
  const report = reportAnomaly(input, last);
  const surroundings = restOfInput(SOURCE, kept.slice(-MOST_RECORDS), seen.values());
  if (report !== null) return { anomaly: report, which: 'what failed in its report', surroundings };
  const lines = last.filter((text) => text.trim() !== '').slice(-LAST_LINES);
  return { ...(lastError([...seen.values()]) ?? lastLine(input, lines)), surroundings };
}

function recordAt(at: number, batch: Batch): Batch {
  const one = <Of>(all: readonly Of[]): readonly Of[] => all.slice(at, at + 1);
  const { records, offsets, marks } = batch;
  return {
    ...batch,
    records: one(records),
    offsets: one(offsets),
    marks: marks === null ? null : one(marks),
  };
}

/** Keeps the anomalies in the order in which they were last seen. */
function take(sightings: readonly Sighting[], seen: Map<string, AnomalyFacts>): void {
  for (const sighting of sightings) {
    const opened = sighting.kind === 'opened';
    const fingerprint = opened ? sighting.facts.fingerprint : sighting.fingerprint;
    const known = seen.get(fingerprint);
    const facts = opened ? sighting.facts : known && again(known, sighting);
    if (facts === undefined) continue;
    seen.delete(fingerprint);
    seen.set(fingerprint, facts);
  }
}

function again(facts: AnomalyFacts, more: Extract<Sighting, { kind: 'repeated' }>): AnomalyFacts {
  const lastSeen = Math.max(facts.lastSeen, more.lastSeen);
  return { ...facts, occurrences: facts.occurrences + more.count, lastSeen };
}

function lastError(seen: readonly AnomalyFacts[]): Told | null {
  const errors = seen.filter(({ kind }) => kind === 'error');
  const best = errors.at(-1) ?? seen.toSorted((a, b) => b.confidence - a.confidence)[0];
  if (best === undefined) return null;
  const which =
    errors.length > 1
      ? `the last of ${errors.length} errors in it`
      : errors.length === 1
        ? 'the one error in it'
        : 'what stands out most in it';
  return { anomaly: { ...best, status: 'detected' }, which };
}

function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  if (record.type === 'line') return record.text;
  return record.type === 'metric' ? '' : record.data.message;
}

/** Nothing stands out: the last line that tells of a failure, else the last line, is what the person asks about. */
function lastLine(input: string, lines: readonly string[]): Told {
  const failed = lines.findLastIndex(tellsOfFailure);
  const at = failed === -1 ? lines.length - 1 : failed;
  const line = lines[at];
  if (line === undefined) {
    throw new VigilError('bad_input', {
      what: `${input} is empty`,
      hint: 'Give a file with a trace or log lines.',
    });
  }
  const which = failed === -1 ? 'the last line of it' : 'the last line of it that tells of a failure';
  return { anomaly: lineAnomaly(input, line, lines.slice(Math.max(0, at - MOST_BEFORE), at)), which };
}

const MOST_BEFORE = 10;

function tellsOfFailure(line: string): boolean {
  const { level, message } = parseLine(line, 0);
  if (level !== null) return level === 'error' || level === 'fatal';
  return /\b(?:error|fatal|panic|exception|fail(?:ed|ure)?)\b/i.test(message);
}
