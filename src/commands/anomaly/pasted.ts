import type { Anomaly, AnomalyFacts } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import { VigilError } from '../../domain/errors.ts';
import type { SourceRecord } from '../../domain/event.ts';
import { derivedId } from '../../domain/ids.ts';
import type { KeptEvent } from '../../domain/kept-event.ts';
import { keptRecord } from '../../domain/kept-record.ts';
import { maskText } from '../../domain/mask.ts';
import { redact } from '../../domain/redact.ts';
import { USUAL } from '../../pipeline/options.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import type { House } from '../../ports/house.ts';
import type { Surroundings } from '../../ports/surroundings.ts';

/** What a person pasted: what it is most likely about, and the rest of it. */
export interface Pasted {
  readonly anomaly: Anomaly;
  readonly surroundings: Surroundings;
}

/** Records that are kept of a long log. */
const MOST_RECORDS = 1000;
const MOST_LINES = 50;
const SOURCE = 'input';

/** What the pipeline would open for it: an error before anything else, then what it is surest of. */
export async function readPasted(input: string, house: House): Promise<Pasted> {
  const pipeline = createPipeline({ ...USUAL, source: SOURCE, keep: 'around' });
  const opened: AnomalyFacts[] = [];
  const kept: KeptEvent[] = [];
  const last: string[] = [];
  const take = (pushed: ReturnType<typeof pipeline.push>): void => {
    for (const sighting of pushed.sightings) if (sighting.kind === 'opened') opened.push(sighting.facts);
    kept.push(...pushed.kept);
    kept.splice(0, kept.length - MOST_RECORDS);
  };
  for await (const batch of house.readToEnd(input)) {
    take(pipeline.push(batch));
    last.push(...batch.records.map(textOf).filter((text) => text.trim() !== ''));
    last.splice(0, last.length - MOST_LINES);
  }
  take(pipeline.advance(Number.MAX_SAFE_INTEGER));
  const [best, ...others] = opened.toSorted((a, b) => rank(b) - rank(a)).map(detected);
  const anomaly = best ?? lastLine(input, last);
  return { anomaly, surroundings: rest(kept, others) };
}

function rank({ kind, confidence }: AnomalyFacts): number {
  return (kind === 'error' ? 2 : 0) + confidence;
}

function detected(facts: AnomalyFacts): Anomaly {
  return { ...facts, status: 'detected' };
}

/** Nothing is known of earlier days. */
function rest(kept: readonly KeptEvent[], others: readonly Anomaly[]): Surroundings {
  const records = kept
    .filter(({ type }) => type !== 'metric')
    .map(({ id, timestamp, json }) => keptRecord({ id, timestamp, source: SOURCE }, json));
  return {
    around: () => Promise.resolve({ records, others, hours: [] }),
    became: () => Promise.resolve({ diagnosis: null, fix: null, pull: null }),
  };
}

function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  if (record.type === 'line') return record.text;
  return record.type === 'metric' ? '' : record.data.message;
}

/** Nothing stands out: the last line that speaks of an error, else the last line, is what the person asks about. */
function lastLine(input: string, lines: readonly string[]): Anomaly {
  const line =
    lines.findLast((text) => /\b(?:error|fatal|panic|exception|fail(?:ed|ure)?)\b/i.test(text)) ??
    lines.at(-1);
  if (line === undefined) {
    throw new VigilError('bad_input', {
      what: `${input} is empty`,
      hint: 'Give a file with a trace or log lines.',
    });
  }
  const text = redact(line);
  const id = derivedId('anomaly', input, line);
  const before = lines.slice(-10).map(redact);
  const sample = { text, before, trace: null, template: maskText(text), labels: {} };
  const facts = {
    id,
    kind: 'log' as const,
    fingerprint: id,
    title: redact(line.slice(0, 120)),
    timestamp: 0,
    eventId: id,
  };
  const metric = { metricName: null, metricValue: null, expectedRange: null, worst: null };
  const told = {
    confidence: 0,
    detectionAlgorithms: [],
    readings: [],
    severity: 'medium' as const,
    occurrences: 1,
    mutedUntil: null,
    course: [],
    alongside: ALONE,
  };
  const times = { firstSeen: 0, lastSeen: 0, source: SOURCE, recurrenceOf: null };
  return { ...facts, ...metric, ...told, ...times, sample, status: 'detected' };
}
