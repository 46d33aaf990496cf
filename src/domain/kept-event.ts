import type { TelemetryEvent } from './event.ts';
import type { Redacted } from './redact.ts';

/** An event as it is stored: with `retention.store: 'all'` every one, else the records around the opening of an anomaly. */
export interface KeptEvent {
  readonly id: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly type: TelemetryEvent['type'];
  /** What it says, as JSON. */
  readonly json: Redacted;
}
