import type { Place } from './event.ts';
import { derivedId } from './ids.ts';
import type { Redacted } from './redact.ts';

/** A record that could not be understood because reading it failed. It is set aside, and the source goes on. */
export interface DeadLetter extends Place {
  /** A function of its place, so that reading it again makes no second one. */
  readonly id: string;
  /** When it was set aside, epoch ms. */
  readonly at: number;
  readonly reason: string;
  /** The record as far as it can be shown. */
  readonly text: Redacted;
}

export function deadLetterId(place: Place): string {
  return derivedId('dead', place.source, place.stream, place.offset);
}
