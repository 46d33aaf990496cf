import { CONFIDENCE_BAR, classify } from '../domain/detection.ts';
import type { Episodes, Occurrence } from './episodes.ts';

/** What the gate made of one row of a recording: one score for the whole source, each in [0,1]. */
export interface RowScore {
  /** At or above the bar only where an episode of the source opens, or a clearly stronger one while it lasts. */
  readonly anomaly: number;
  /** The confidence before the law of episodes, the highest of all series of the row; 0 when none was judged. */
  readonly raw: number;
}

/** What was heard while one row was judged. */
export interface Heard {
  /** Confidence of each series that was judged. */
  readonly confidences: readonly number[];
  /** Of those that opened an episode of their own. */
  readonly opened: readonly number[];
  /** Confidence with which the source's episode was told, if it was open when the row came; else null. */
  readonly ongoing: number | null;
}

/** What is beyond the bar but opens nothing: just under it, and above all that is ordinary. */
const HELD = 0.9969;

/** Several series that alarm together are one episode of their source: the bar is applied once, to all of them. */
export function fuseRow({ confidences, opened, ongoing }: Heard): RowScore {
  const raw = highest(confidences);
  const opens = opened.some((confidence) => ongoing === null || isClearlyStronger(confidence, ongoing));
  return { raw, anomaly: opens ? Math.max(raw, CONFIDENCE_BAR) : Math.min(raw, HELD) };
}

function highest(confidences: readonly number[]): number {
  return confidences.reduce((most, one) => Math.max(most, one), 0);
}

/** Twice the evidence: the chance of a mistake is squared. */
function isClearlyStronger(confidence: number, told: number): boolean {
  return 1 - confidence <= (1 - told) ** 2;
}

/** Hears what the gate says between two rows. Nothing that it does changes a verdict. */
export interface RowScores {
  /** One series was judged. */
  hear(confidence: number): void;
  /** The same episodes, with an ear on those that open. */
  listen(episodes: Episodes): Episodes;
  /** The score of what came since the last call. */
  take(): RowScore;
}

export function rowScores(): RowScores {
  /** Of this row. */
  let confidences: number[] = [];
  let opened: number[] = [];
  let ongoing: number | null = null;
  /** The source's episode: its fingerprints, and the confidence with which it was told. */
  let open: string[] = [];
  let told = 0;

  function hearOpening({ fingerprint, time }: Occurrence, confidence: number, episodes: Episodes): void {
    if (opened.length === 0) {
      // One that supersedes itself is told again: it does not wait for its own end.
      open = open.filter((one) => one !== fingerprint && episodes.isOpen(one, time));
      ongoing = open.length > 0 ? told : null;
    }
    opened.push(confidence);
    open.push(fingerprint);
  }

  return {
    hear(confidence) {
      confidences.push(confidence);
    },
    listen: (episodes) => ({
      ...episodes,
      observe(occurrence) {
        confidences.push(occurrence.confidence);
        const facts = (confidence: number) => {
          hearOpening(occurrence, confidence, episodes);
          return occurrence.facts(confidence);
        };
        return episodes.observe({ ...occurrence, facts });
      },
      get changed() {
        return episodes.changed;
      },
    }),
    take() {
      const score = fuseRow({ confidences, opened, ongoing });
      if (classify(score.anomaly)) told = highest(opened);
      confidences = [];
      opened = [];
      ongoing = null;
      return score;
    },
  };
}
