import { type DeadLetter, deadLetterId } from '../domain/dead-letter.ts';
import type { Place, SourceRecord } from '../domain/event.ts';
import { redactBeginning } from '../domain/redact.ts';

const LONGEST_TEXT = 8000;
const LONGEST_REASON = 500;

/** What is kept of a record that could not be read. `at` as in `receivedAt`, epoch ms. */
export function deadLetter(place: Place, at: number, record: SourceRecord, error: unknown): DeadLetter {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const { source, stream, offset } = place;
  return {
    id: deadLetterId(place),
    source,
    stream,
    offset,
    at,
    reason: redactBeginning(reason, LONGEST_REASON),
    text: redactBeginning(shown(record), LONGEST_TEXT),
  };
}

/** As JSON where it is no text; what cannot even be written is only named. */
function shown(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  try {
    return JSON.stringify(record);
  } catch {
    return '(a record that cannot be written down)';
  }
}
