import { z } from 'zod';
import type { Reading } from '../../domain/detection.ts';
import type { Detector } from '../detector.ts';

export const exceptionOptions = z.object({
  credit: z
    .number()
    .min(200)
    .default(20_000)
    .describe('Events credited to a new source, so that its first errors are news at once.'),
});
export type ExceptionOptions = z.infer<typeof exceptionOptions>;

/** An exception, and whether its type was ever seen at its place. */
export interface Thrown {
  readonly fresh: boolean;
  readonly errorType: string;
  readonly where: string | null;
}

interface State {
  seen: number;
  weight: number;
  fresh: number;
}

/** As any detector, but it has to know how much else there was. */
export interface ExceptionDetector extends Detector<Thrown> {
  /** An event that was no exception. */
  pass(): void;
}

/**
 * An error type at a place where it was never seen: noteworthy at once, unless the source throws something new all the
 * time (a place that is different at each throw says nothing any more).
 */
export function exception(options: ExceptionOptions = exceptionOptions.parse({})): ExceptionDetector {
  return new ExceptionAtPlace(options);
}

class ExceptionAtPlace implements ExceptionDetector {
  readonly name = 'exception';
  readonly needed = 0;
  private readonly options: ExceptionOptions;
  private readonly state: State = { seen: 0, weight: 0, fresh: 0 };

  constructor(options: ExceptionOptions) {
    this.options = options;
  }

  get seen(): number {
    return this.state.seen;
  }

  score(thrown: Thrown): Reading | null {
    return thrown.fresh ? score(this.state, thrown, this.options) : null;
  }

  pass(): void {
    this.state.weight = this.state.weight * FADING + 1;
  }

  learn({ fresh }: Thrown): void {
    const { state } = this;
    state.seen += 1;
    state.weight = state.weight * FADING + 1;
    state.fresh = state.fresh * FADING + (fresh ? 1 : 0);
  }

  snapshot(): Float64Array {
    return Float64Array.of(this.state.seen, this.state.weight, this.state.fresh);
  }

  restore([seen = 0, weight = 0, fresh = 0]: Float64Array): void {
    Object.assign(this.state, { seen, weight, fresh });
  }
}

/** Events after which half is forgotten. */
const FADING = 1 - Math.LN2 / 20_000;

function score(state: State, thrown: Thrown, options: ExceptionOptions): Reading {
  const chance = (state.fresh + 0.5) / (state.weight + options.credit);
  return {
    detector: 'exception',
    score: 1 - Math.min(1, chance),
    evidence: {
      kind: 'new_error',
      errorType: thrown.errorType,
      where: thrown.where,
      learned: state.seen,
    },
  };
}
