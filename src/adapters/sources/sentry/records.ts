import type { EventRecord } from '../../../domain/event.ts';
import { type EnvelopeItem, jsonOf } from './envelope.ts';
import { type Arrival, eventRecord, transactionRecord } from './event.ts';
import { eventSchema, logsSchema, spansSchema } from './payloads.ts';
import { logRecord, spanRecord } from './streamed.ts';

type Read = (payload: unknown, arrival: Arrival) => readonly EventRecord[] | null;

const event: Read = (payload, arrival) => {
  const read = eventSchema.safeParse(payload);
  if (!read.success) return null;
  if (read.data.type !== 'transaction') return [eventRecord(read.data, arrival)];
  return present(transactionRecord(read.data, arrival));
};

/** Items that tell of the application. Sessions, client reports, replays, profiles, attachments and others do not. */
const READERS: Readonly<Record<string, Read>> = {
  event,
  transaction: event,
  log(payload, arrival) {
    const read = logsSchema.safeParse(payload);
    return read.success ? read.data.items.map((log) => logRecord(log, arrival)) : null;
  },
  span(payload, arrival) {
    const read = spansSchema.safeParse(payload);
    // An older SDK sends one span an item, none of them a request: they measure pages (web vitals).
    return read.success ? read.data.items.flatMap((span) => present(spanRecord(span, arrival))) : [];
  },
};

/** The records of one item: none for a type that is not read, null when its payload is not what its type says. */
export function itemRecords(
  { type, payload }: Pick<EnvelopeItem, 'type' | 'payload'>,
  arrival: Arrival,
): readonly EventRecord[] | null {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read === undefined ? [] : read(jsonOf(payload), arrival);
}

function present<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}
