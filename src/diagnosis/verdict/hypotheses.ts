import type { Claim, Diagnosis, Hypothesis } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import { badInput } from './bad-input.ts';
import { badSetting } from './bad-setting.ts';
import { graded } from './ground.ts';
import { handedIn } from './handed-in.ts';
import { placeAtFault, reachedAtFault } from './in-the-code.ts';
import { underLoad } from './load.ts';
import { outsideAtFault, outsideBefore } from './outside.ts';
import { ruledOut } from './ruled-out.ts';
import { setElsewhere } from './set-elsewhere.ts';
import { surenessOf } from './sureness.ts';
import { TELLS_A_CAUSE, type Thought, type Weighing } from './weighing.ts';

/** More are not read. */
export const MOST_STANDING = 3;

/** Hypotheses and how sure the favoured one is. */
export interface Weighed extends Pick<Diagnosis, 'hypotheses' | 'sure' | 'confidence'> {
  /** What the favoured one rests on; empty where none is favoured. */
  readonly grounds: readonly Claim[];
}

/**
 * The causes that the evidence speaks for: the favoured one first, at most three, then what was looked for and ruled out.
 * Nothing without evidence of its own is here. `isTold` is false where the evidence is too thin to favour any.
 */
export function weigh(weighing: Weighing, isTold: boolean): Weighed {
  const thoughts = thoughtsOf(weighing).map((thought) => standing(thought, weighing));
  const carried = thoughts.filter((one) => one.hypothesis.for.length > 0);
  const [first, ...others] = carried;
  const ranked = others.toSorted((a, b) => b.confidence - a.confidence);
  const favoured = isTold && first !== undefined ? first : null;
  const shown = (first === undefined ? [] : [first, ...ranked]).slice(0, MOST_STANDING);
  const hypotheses = [
    ...shown.map(({ hypothesis }) => ({
      ...hypothesis,
      standing: hypothesis === favoured?.hypothesis ? ('favoured' as const) : ('possible' as const),
    })),
    ...ruledOut(weighing),
  ];
  return favoured === null
    ? { hypotheses, grounds: [], ...surenessOf([], []) }
    : {
        hypotheses,
        grounds: favoured.hypothesis.for,
        sure: favoured.sure,
        confidence: favoured.confidence,
      };
}

/** The one that the verdict speaks of is the first. */
function thoughtsOf(weighing: Weighing): readonly Thought[] {
  const [known] = weighing.known;
  const isOutside = known?.verdict === 'no_code_cause';
  const thoughts = [
    isOutside ? outsideAtFault(known, weighing) : null,
    isOutside ? null : telling(reachedAtFault(weighing), weighing),
    isOutside ? null : telling(placeAtFault(weighing), weighing),
    setElsewhere(weighing),
    handedIn(weighing),
    badInput(weighing),
    badSetting(weighing),
    outsideBefore(weighing),
    underLoad(weighing),
  ];
  return thoughts.filter((thought) => thought !== null);
}

/** Words and names that the code shares with a message say nothing by themselves; a change of that week does. */
function telling(thought: Thought | null, { located }: Weighing): Thought | null {
  const isKept = TELLS_A_CAUSE.has(located.by) || thought?.for.some(({ kind }) => kind === 'recent') === true;
  return isKept ? thought : null;
}

interface Standing extends Pick<Diagnosis, 'sure' | 'confidence'> {
  readonly hypothesis: Hypothesis;
}

function standing(thought: Thought, { context }: Weighing): Standing {
  const grounds = graded(thought.for, context);
  const against = graded(thought.against, context);
  const hypothesis: Hypothesis = {
    text: redact(thought.text),
    standing: 'possible',
    for: grounds.map(({ claim }) => claim),
    against: against.map(({ claim }) => claim),
  };
  return { hypothesis, ...surenessOf(grounds, against) };
}
