/** What is known of events that were handed over: they are kept, they are not, or nobody answered. */
export type Fate = 'kept' | 'refused' | 'unknown';

/** Somebody who writes or sends to one source. */
export interface Feed {
  /** The name under which its events are stored. */
  readonly source: string;
  /** An entry of `sources`; null for what needs none. */
  readonly configured: object | null;
  /** How many hand over at the same time. */
  readonly senders: number;
  /** Whether its events can carry exceptions. */
  readonly exceptions: boolean;
  hand(numbers: readonly number[]): Promise<Fate>;
  /** What happens while the program is down. */
  whileDown(): void;
  /** Nothing more will come. */
  end(): Promise<void>;
  close(): Promise<void>;
}
