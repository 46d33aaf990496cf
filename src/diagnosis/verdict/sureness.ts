import type { Claim, Diagnosis } from '../../domain/diagnosis.ts';

/**
 * How much each kind of ground tells, [0,1]. Set by hand from what practice and literature agree on: what the failing
 * program itself printed tells most, what merely happened about the same time least.
 */
export const WEIGHT = {
  /** A frame whose own file, line and function are in the repository. */
  frame: 0.85,
  /** A frame of a compiled or older build. */
  build: 0.7,
  /** The error's own words are a known failure of the outside. */
  witness: 0.85,
  /** The code that a route leads to. */
  route: 0.65,
  /** The statement that printed the message. */
  printed: 0.55,
  /** The evidence names another place, from which the way leads there. */
  led: 0.5,
  /** The code writes the very value that the message speaks of. */
  value: 0.5,
  /** It changed within the week before the fault was first seen. */
  recent: 0.4,
  /** It is called from where the evidence leads. */
  reached: 0.4,
  /** Where a metric is registered. */
  registered: 0.4,
  /** It handles the route that the message names. */
  handles: 0.45,
  /** The code sets the member that the message speaks of. */
  set: 0.45,
  /** It changed after the code that fails was written. */
  later: 0.35,
  /** The value came from outside of the function. */
  handed: 0.4,
  /** The message quotes what was read. */
  quoted: 0.35,
  /** The code reads a setting there. */
  setting: 0.35,
  /** The same was seen before. */
  before: 0.35,
  /** A failure of the outside was logged shortly before. */
  nearby: 0.3,
  /** Other metrics turned abnormal with it. */
  alongside: 0.3,
  /** Code that shares words with the message. */
  resembles: 0.3,
  /** Against: the evidence does not name the place itself. */
  unnamed: 0.15,
  /** Against: the error is one that code makes. */
  ofCode: 0.3,
} as const;

export type GroundKind = keyof typeof WEIGHT;

/** Grounds that show the mechanism itself, once the cited item is seen to hold it. */
const SHOWS: ReadonlySet<GroundKind> = new Set(['frame', 'witness']);

/** What no artefact shows whole is believed no more than that. */
export const MOST_LIKELY = 0.75;
/** Of an answer that names no cause. */
const INCONCLUSIVE = 0.1;

/** A ground as a claim, with its kind. */
export interface Graded {
  readonly kind: GroundKind;
  readonly claim: Claim;
}

/**
 * How sure a cause is: the grounds for it taken as independent signs, `1 - (1 - w1)(1 - w2)...`, times `1 - w` for each
 * against it. It is confirmed where a ground that shows the mechanism is confirmed, and at most `MOST_LIKELY` otherwise.
 */
export function surenessOf(
  grounds: readonly Graded[],
  against: readonly Graded[],
): Pick<Diagnosis, 'sure' | 'confidence'> {
  if (grounds.length === 0) return { sure: 'inconclusive', confidence: INCONCLUSIVE };
  const doubt = grounds.reduce((left, { kind }) => left * (1 - WEIGHT[kind]), 1);
  const spared = against.reduce((left, { kind }) => left * (1 - WEIGHT[kind]), 1);
  const confidence = Math.round((1 - doubt) * spared * 100) / 100;
  const isShown = grounds.some(({ kind, claim }) => SHOWS.has(kind) && claim.sure === 'confirmed');
  return isShown
    ? { sure: 'confirmed', confidence }
    : { sure: 'likely', confidence: Math.min(confidence, MOST_LIKELY) };
}

/** What is left when claims were lowered: never more than before. */
export function lowered(
  { sure, confidence }: Pick<Diagnosis, 'sure' | 'confidence'>,
  to: Diagnosis['sure'],
): Pick<Diagnosis, 'sure' | 'confidence'> {
  switch (to) {
    case 'confirmed':
      return { sure, confidence };
    case 'likely':
      return sure === 'confirmed'
        ? { sure: 'likely', confidence: Math.min(confidence, MOST_LIKELY) }
        : { sure, confidence };
    case 'inconclusive':
      return { sure: 'inconclusive', confidence: Math.min(confidence, INCONCLUSIVE) };
  }
}
