import type { Labels } from '../../../domain/event.ts';

/** What the header of a syslog message says, whichever RFC it follows; a part that it does not carry is null. */
export interface SyslogHeader {
  /** Epoch ms. */
  readonly timestamp: number | null;
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: string | null;
  readonly msgid: string | null;
  /** Structured data, `id.name` each. */
  readonly data: Labels;
  /** The message behind the header. */
  readonly text: string;
}

/** What a message does not say of itself. */
export interface SyslogContext {
  /** Epoch ms, when it arrived. */
  readonly now: number;
  /** Of the zone in which timestamps without one are written, minutes east of UTC. */
  readonly utcOffsetMinutes: number;
  /** Address and port of the sender. */
  readonly peer: string;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Epoch ms of an RFC 3339 timestamp; null for anything else. */
export function rfc3339(text: string): number | null {
  if (!RFC_3339.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
