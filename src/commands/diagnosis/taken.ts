import type { Anomaly, AnomalyFacts } from '../../domain/anomaly.ts';
import { VigilError } from '../../domain/errors.ts';
import type { SourceRecord } from '../../domain/event.ts';
import type { KeptEvent } from '../../domain/kept-event.ts';
import type { Sighting } from '../../domain/sighting.ts';
import { USUAL } from '../../pipeline/options.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import type { House } from '../../ports/house.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import { anomalyOf, testAnomaly } from './pasted-anomaly.ts';
import { restOfInput } from './rest-of-input.ts';

/** What of an input is diagnosed, and which of how many that is, in words. */
interface Told {
  readonly anomaly: Anomaly;
  readonly which: string;
}

export interface Taken extends Told {
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
 * A report of tests says what failed. Of anything else, what the pipeline would open for it: the last error, else what it is surest of, else the last line that speaks of
 * a failure.
 * @throws VigilError `bad_input` for one without a line.
 */
export async function takenFrom(input: string, house: House): Promise<Taken> {
  const pipeline = createPipeline({ ...USUAL, source: SOURCE, keep: 'around' });
  const kept: KeptEvent[] = [];
  const seen = new Map<string, AnomalyFacts>();
  const last: string[] = [];
  for await (const batch of house.readToEnd(input)) {
    for (const [i, record] of batch.records.entries()) {
      // One at a time: which error came last is then the order in which they are told.
      const pushed = pipeline.push({ ...batch, records: [record], offsets: batch.offsets.slice(i, i + 1) });
      take(pushed.sightings, seen);
      kept.push(...pushed.kept);
      last.push(textOf(record));
    }
    if (last.length > 2 * MOST_LINES) last.splice(0, last.length - MOST_LINES);
  }
  take(pipeline.advance(Number.MAX_SAFE_INTEGER).sightings, seen);
  const tests = testAnomaly(input, last);
  const surroundings = restOfInput(SOURCE, kept.slice(-MOST_RECORDS), seen.values());
  if (tests !== null) return { anomaly: tests, which: 'what failed in its report of tests', surroundings };
  const lines = last.filter((text) => text.trim() !== '').slice(-LAST_LINES);
  return { ...(lastError([...seen.values()]) ?? lastLine(input, lines)), surroundings };
}

/** Keeps the anomalies in the order in which they were last seen. */
function take(sightings: readonly Sighting[], seen: Map<string, AnomalyFacts>): void {
  for (const sighting of sightings) {
    const fingerprint = sighting.kind === 'opened' ? sighting.facts.fingerprint : sighting.fingerprint;
    const facts = sighting.kind === 'opened' ? sighting.facts : seen.get(fingerprint);
    if (facts === undefined) continue;
    const occurrences = sighting.kind === 'opened' ? facts.occurrences : facts.occurrences + sighting.count;
    seen.delete(fingerprint);
    seen.set(fingerprint, {
      ...facts,
      occurrences,
      lastSeen: Math.max(facts.lastSeen, sighting.kind === 'opened' ? 0 : sighting.lastSeen),
    });
  }
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

/** Nothing stands out: the last line that speaks of an error, else the last line, is what the person asks about. */
function lastLine(input: string, lines: readonly string[]): Told {
  const failed = lines.findLastIndex((text) =>
    /\b(?:error|fatal|panic|exception|fail(?:ed|ure)?)\b/i.test(text),
  );
  const at = failed === -1 ? lines.length - 1 : failed;
  const line = lines[at];
  if (line === undefined) {
    throw new VigilError('bad_input', {
      what: `${input} is empty`,
      hint: 'Give a file with a trace or log lines.',
    });
  }
  const which = failed === -1 ? 'the last line of it' : 'the last line of it that speaks of a failure';
  return { anomaly: anomalyOf(input, line, lines.slice(Math.max(0, at - 10), at), null), which };
}
