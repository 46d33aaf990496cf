import { innermost } from '../../domain/trace.ts';
import type { Known } from '../patterns.ts';
import { isToldByCode } from '../statements.ts';
import type { Ground } from './ground.ts';
import type { Thought, Weighing } from './weighing.ts';
import { shortly } from './wording.ts';

/** What failed lies outside of the code, and the error says so itself. */
export function outsideAtFault(known: Known, { cite }: Weighing): Thought {
  const said = shortly(known.witness);
  return {
    text: `${known.title}.`,
    for: [
      {
        kind: 'witness',
        text: `The error says so: ${said}`,
        restsOn: [...cite.event, ...cite.pattern(known)],
        shown: [{ words: said.replace(/^[\w.$]+: /, '').slice(0, 80), by: cite.event }],
      },
    ],
    against: [],
  };
}

/** Something outside failed shortly before, and this may be what came of it. */
export function outsideBefore(weighing: Weighing): Thought | null {
  const [known] = weighing.nearby;
  if (known === undefined) return null;
  const said = shortly(known.witness);
  const { linesBefore } = weighing.cite;
  return {
    text: `${known.title}, and this is what came of it.`,
    for: [
      {
        kind: 'nearby',
        text: `It was logged shortly before: ${said}`,
        restsOn: linesBefore,
        shown: [{ words: said.slice(0, 80), by: linesBefore }],
      },
    ],
    against: errorOfCode(weighing),
  };
}

function errorOfCode({ anomaly, cite }: Weighing): readonly Ground[] {
  const { trace } = anomaly.sample;
  if (trace === null) return [];
  const { errorType, message } = innermost(trace);
  if (!isToldByCode(`${errorType}: ${message}`)) return [];
  const text = `${errorType} is an error that code makes, not a network or a disk.`;
  return [{ kind: 'ofCode', text, restsOn: cite.event, shown: [{ words: errorType, by: cite.event }] }];
}
