import { handedIn } from './handed-in.ts';
import { setElsewhere } from './set-elsewhere.ts';
import type { Thought, Weighing } from './weighing.ts';

/** The line that threw only met the value: it was wrong where it is set, or where it was handed in. */
export function wrongValue(weighing: Weighing): Thought | null {
  const set = setElsewhere(weighing);
  const handed = handedIn(weighing);
  if (set === null || handed === null) return set ?? handed;
  return { ...set, for: [...set.for, ...handed.for] };
}
