import type { Hypothesis } from '../../domain/diagnosis.ts';
import { lengthText } from '../../domain/explain.ts';
import { redact } from '../../domain/redact.ts';
import { claimOf, type Ground } from './ground.ts';
import { untimely } from './timing.ts';
import { TELLS_A_CAUSE, type Weighing } from './weighing.ts';

/** What a person would ask next, where it was really looked for and is not so. */
export function ruledOut(weighing: Weighing): readonly Hypothesis[] {
  return [noRecentChange(weighing), nothingOutside(weighing)].flatMap((one) => {
    const claim = one === null ? null : claimOf(one.because, weighing.context);
    if (one === null || claim === null) return [];
    return [{ text: redact(one.text), standing: 'ruled_out' as const, for: [], against: [claim] }];
  });
}

interface Ruled {
  readonly text: string;
  readonly because: Omit<Ground, 'kind'>;
}

/** "What did we change?" */
function noRecentChange({ located, anomaly, cite }: Weighing): Ruled | null {
  const newest = untimely(located, anomaly);
  // A release brings changes of any age, and where nothing led to the code it may be other code that changed.
  if (newest === null || cite.released.length > 0 || !TELLS_A_CAUSE.has(located.by)) return null;
  const { sha, subject, date } = newest;
  const gap = lengthText(Math.abs(anomaly.firstSeen - date));
  const when = date > anomaly.firstSeen ? `${gap} after` : `${gap} before`;
  return {
    text: 'A change of the suspected code set it off.',
    because: {
      text: `The newest commit to it, ${sha.slice(0, 10)} "${subject}", came ${when} this was first seen.`,
      restsOn: cite.commit(newest),
      shown: [{ words: sha.slice(0, 10), by: cite.commit(newest) }],
    },
  };
}

/** "Is it the database, the network, the disk?" */
function nothingOutside({ anomaly, known, nearby, lookedFor, cite }: Weighing): Ruled | null {
  const isSeen = nearby.length > 0 || known.some(({ verdict }) => verdict === 'no_code_cause');
  if (isSeen || lookedFor === 0 || anomaly.kind === 'metric') return null;
  const lines = anomaly.sample.before.length;
  const before = lines === 0 ? '' : `, nor in the ${lines === 1 ? 'line' : `${lines} lines`} before it`;
  return {
    text: 'A service, network, disk or memory failed.',
    because: {
      text: `None of ${lookedFor} known failures of that kind is in the error${before}.`,
      restsOn: [...cite.event, ...cite.linesBefore],
      shown: [],
    },
  };
}
