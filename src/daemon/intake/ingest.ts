import { VigilError } from '../../domain/errors.ts';
import type { Desk } from '../api/desk.ts';
import { type EventIn, recordOf } from './records.ts';

/**
 * Keeps events durably, each under the source that it names; they are judged soon after. All or, of each source, none:
 * nothing is kept of a request with a bad event.
 * @throws VigilError `bad_request` naming the field; `queue_full` when too much waits (how many were kept stands in it).
 */
export async function ingest(events: readonly EventIn[], desk: Desk): Promise<number> {
  const now = desk.work.clock.now();
  const records = events.map((event, index) => ({
    source: event.source,
    record: recordOf(event, index, now),
  }));
  let kept = 0;
  for (const [source, group] of Map.groupBy(records, (one) => one.source)) {
    const answer = await desk.sources.accept(
      source,
      group.map(({ record }) => record),
    );
    if (answer === 'full') throw full(kept, events.length);
    kept += group.length;
  }
  return kept;
}

function full(kept: number, of: number): VigilError {
  return new VigilError('queue_full', {
    what: `${kept} of ${of} events were kept`,
    why: 'too many accepted events wait to be worked off',
  });
}

/** Lines after which no more are looked at; the contract lets in fewer events. */
const MOST_LINES = 20_000;

/** The lines of an NDJSON body as one value each. @throws Error naming the line. */
export function parseNdjson(body: string): { readonly events: readonly unknown[] } {
  const lines = body.split('\n', MOST_LINES + 1);
  if (lines.length > MOST_LINES) throw unreadable(`the body has more than ${MOST_LINES} lines`);
  const events: unknown[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      events.push(JSON.parse(line));
    } catch {
      throw unreadable(`line ${i + 1} of the body is not JSON`);
    }
  }
  return { events };
}

function unreadable(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 });
}
