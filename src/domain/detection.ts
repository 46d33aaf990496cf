/** The words of detectors and of the gate. A detector's reading becomes part of one confidence. */

/** What a detector compares with its past: a value, its change, the mean or the mean step of the last ones, or how long one stays. */
export type Compared = 'value' | 'change' | 'mean' | 'step' | 'stillness';

/** What the detector saw, one variant a kind of evidence. All numbers are in the metric's own unit. */
export type Evidence =
  | {
      readonly kind: 'deviation';
      readonly compared: Compared;
      readonly value: number;
      /** How many points the value is made of, at least 1, and how long that usually is, ms. */
      readonly points: number;
      readonly spanMs: number;
      readonly baseline: number;
      readonly spread: number;
      /** Null where no range says what is usual: a value that stays. */
      readonly expected: Range | null;
      readonly learned: number;
      /** Time of the first point learnt, epoch ms. */
      readonly since: number;
      /** Probability of a score at least this large under the series' own history, 0..1. */
      readonly tail: number;
      /** How often that is to be expected in normal life, times a day. */
      readonly timesADay: number;
    }
  | { readonly kind: 'new_template'; readonly template: string; readonly learned: number }
  | {
      readonly kind: 'new_error';
      readonly errorType: string;
      readonly where: string | null;
      readonly learned: number;
    }
  | {
      readonly kind: 'rate';
      readonly perMinute: number;
      readonly usualPerMinute: number;
      readonly learned: number;
      readonly since: number;
    }
  | { readonly kind: 'silence'; readonly quietMs: number; readonly usualGapMs: number }
  | {
      readonly kind: 'mix';
      /** Jensen-Shannon divergence of what was written from what usually is, 0..1 bit. */
      readonly divergence: number;
      readonly usualDivergence: number;
      /** The message that differs most, and its share of all records, 0..1. */
      readonly template: string;
      readonly share: number;
      readonly usualShare: number;
      readonly learned: number;
    }
  | {
      readonly kind: 'new_value';
      readonly field: string;
      readonly value: string;
      /** Values that it had before, the latest last. */
      readonly usual: readonly string[];
      /** Messages that had one of these. */
      readonly learned: number;
    }
  | {
      readonly kind: 'together';
      /** Those of `among` metrics that have most to do with it, the first the most: value, and share of the whole, 0..1. */
      readonly metrics: readonly { readonly name: string; readonly value: number; readonly share: number }[];
      readonly among: number;
      /** Rows of metrics learnt, and the time of the first, epoch ms. */
      readonly learned: number;
      readonly since: number;
      /** Probability of a row at least as unlike under the source's own history, 0..1. */
      readonly tail: number;
      /** How often that is to be expected in normal life, times a day. */
      readonly timesADay: number;
    };

export type Range = readonly [low: number, high: number];

/** What one detector says of one event. `score` is calibrated to [0,1]; null readings (warm-up) are not sent. */
export interface Reading {
  readonly detector: string;
  readonly score: number;
  readonly evidence: Evidence;
}

/** What the gate decided about one event: one confidence, compared with the bar exactly once. */
export interface Detection {
  readonly eventId: string;
  readonly isAnomaly: boolean;
  /** Of the episode as of this event, [0,1]. */
  readonly confidence: number;
  readonly readings: readonly Reading[];
  readonly expectedRange: Range | null;
}

/** How much one wants to hear. */
export const SENSITIVITIES = ['quiet', 'normal', 'sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Episodes that a normal series may open in a day. */
export const ALARMS_PER_DAY: Readonly<Record<Sensitivity, number>> = {
  quiet: 0.01,
  normal: 0.05,
  sensitive: 0.5,
};

/** The bar of the calibrated confidence: a normal series reaches it at most `ALARMS_PER_DAY`. */
export const CONFIDENCE_BAR = 0.997;

/** True at or above the bar, for every event (Property 4). */
export function classify(confidence: number): boolean {
  return confidence >= CONFIDENCE_BAR;
}

/** How far a series has learnt. */
export type Training =
  | { readonly state: 'training'; readonly seen: number; readonly needed: number }
  | { readonly state: 'normal' }
  | { readonly state: 'alerting' };
