import type { Level } from '../../domain/event.ts';

/** One line as its format reads it. Nothing in it is trusted; a part that the line does not carry is null. */
export interface LineRecord {
  /** Epoch ms. */
  readonly timestamp: number | null;
  readonly level: Level | null;
  /** The message without timestamp and, where the format has fields, without them. */
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}
