import type { AnomalyFacts } from '../../domain/anomaly.ts';
import { joined } from '../../domain/companion.ts';
import type { Sighting } from '../../domain/sighting.ts';
import type { Pipeline, PipelineTotals, Pushed, SeriesTraining } from '../../pipeline/pipeline.ts';
import { countOf, type Rows } from './rows.ts';

/** What the pipeline made of one recording. */
export interface Tally extends PipelineTotals {
  /** Rows of a CSV file, records of a dump, lines of any other. */
  readonly rows: number;
  readonly noun: Rows['noun'];
  readonly events: number;
  /** Episodes that opened; one anomaly may have had several. */
  readonly alerts: number;
  readonly anomalies: readonly AnomalyFacts[];
  /** Series that had come, and had learnt too little to be judged when it ended. */
  readonly warmingUp: readonly SeriesTraining[];
}

/** Counts what is read and what is noticed. */
export interface Tallying {
  /** The same rows, counted as they pass. */
  passing(rows: AsyncIterable<Rows>): AsyncIterable<Rows>;
  add(pushed: Pushed): void;
  /** Has said what was held, and adds it all up. */
  end(): Tally;
}

/** After so long a silence everything that was held has been said. */
const END_MS = 86_400_000;

/** A pipeline keeps hours and points for who saves them. Nobody does here, so they are dropped now and then. */
const KEPT_EVENTS = 500_000;

export function tallying(pipeline: Pipeline): Tallying {
  const anomalies = new Map<string, AnomalyFacts>();
  let noun: Rows['noun'] = 'line';
  let rows = 0;
  let events = 0;
  let alerts = 0;
  let now = 0;
  let forgotten = 0;
  function add(pushed: Pushed): void {
    events += pushed.events;
    for (const sighting of pushed.sightings) {
      if (sighting.kind === 'opened') alerts += 1;
      fold(anomalies, sighting);
    }
  }
  return {
    add,
    async *passing(all) {
      for await (const some of all) {
        if (rows === 0) ({ noun } = some);
        rows += countOf(some);
        now = some.batch.receivedAt;
        yield some;
        pipeline.rolledUp();
        // Lines leave nothing that grows; to ask for their memory would cost time.
        if (noun === 'line' || events - forgotten < KEPT_EVENTS) continue;
        pipeline.changes();
        forgotten = events;
      }
    },
    end() {
      add(pipeline.advance(now + END_MS));
      const warmingUp = pipeline.training().filter(({ state, seen }) => state === 'training' && seen > 0);
      const found = [...anomalies.values()];
      return { rows, noun, events, ...pipeline.totals(), alerts, anomalies: found, warmingUp };
    },
  };
}

/** Later episodes of a fingerprint count up its anomaly, as in the store. */
function fold(anomalies: Map<string, AnomalyFacts>, sighting: Sighting): void {
  const fingerprint = sighting.kind === 'opened' ? sighting.facts.fingerprint : sighting.fingerprint;
  const before = anomalies.get(fingerprint);
  if (before === undefined) {
    if (sighting.kind === 'opened') anomalies.set(fingerprint, sighting.facts);
    return;
  }
  const seen = sighting.kind === 'opened' ? sighting.facts : { ...sighting, occurrences: sighting.count };
  anomalies.set(fingerprint, {
    ...before,
    occurrences: before.occurrences + seen.occurrences,
    lastSeen: Math.max(before.lastSeen, seen.lastSeen),
    confidence: Math.max(before.confidence, seen.confidence),
    alongside: joined(before.alongside, seen.alongside),
  });
}
