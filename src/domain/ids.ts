import { v5, v7 } from 'uuid';
import type { Place } from './event.ts';

/** Namespace of all ids that are derived from content (RFC 9562, UUIDv5). */
const NAMESPACE = '6f1f3c0e-7e0b-5b52-9c39-2f6c6f5d1a11';

/** The same parts give the same id, on any machine. */
export function derivedId(...parts: readonly (string | number)[]): string {
  return v5(parts.join('\u0000'), NAMESPACE);
}

/** A new id that sorts by time of creation (RFC 9562, UUIDv7). */
export function freshId(): string {
  return v7();
}

/** Id of an event, a function of where it was read. */
export function eventId(event: Place): string {
  return derivedId('event', event.source, event.stream, event.offset);
}

/** How an id is shown to people: like git, as much as tells. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
