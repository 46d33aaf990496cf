import type { CodeLocation } from '../../domain/diagnosis.ts';
import { innermost } from '../../domain/trace.ts';
import type { Ground } from './ground.ts';
import { codeAt, placeText, type Thought, type Weighing } from './weighing.ts';

/** The value was wrong before it came to the line that threw: a caller handed it in, or a call gave it. */
export function handedIn(weighing: Weighing): Thought | null {
  const { value, located, cite } = weighing;
  const { origin } = located;
  if (value === null || origin === null) return null;
  const restsOn = cite.suspect(origin);
  switch (value.origin.by) {
    case 'unknown':
      return null;
    case 'call': {
      const { call, line, name } = value.origin;
      const text = `\`${name}\` is what ${call}() gave in line ${line} of ${origin.file}.`;
      return {
        text: `${call}() gives a \`${name}\` that this code does not expect (${origin.file}:${line}).`,
        for: [{ kind: 'handed', text, restsOn, shown: [{ words: call, by: restsOn }] }],
        against: [],
      };
    }
    case 'parameter': {
      const { name } = value.origin;
      const caller = callerOf(weighing);
      const who = caller === null ? 'its caller' : placeText(caller);
      const text = `\`${name}\` is a parameter of ${origin.symbol ?? origin.file}; nothing sets it there.`;
      return {
        text: `${who} hands in a value whose \`${value.expression}\` ${value.flaw}.`,
        for: [{ kind: 'handed', text, restsOn, shown: [] }, ...callOf(caller, weighing)],
        against: [],
      };
    }
  }
}

/** The frame that called the one that threw, where it is among the suspects. */
function callerOf({ anomaly, located }: Weighing): CodeLocation | null {
  const { trace } = anomaly.sample;
  if (trace === null) return null;
  const [, ...outer] = innermost(trace).frames.filter(({ inApp }) => inApp);
  const found = outer.flatMap((frame) =>
    located.suspects.filter(({ file, line }) => line === frame.line && nameOf(frame.file) === nameOf(file)),
  );
  return found[0] ?? null;
}

function callOf(caller: CodeLocation | null, { cite }: Weighing): readonly Ground[] {
  const code = caller === null ? null : codeAt(caller);
  if (caller === null || code === null) return [];
  const text = `It is called at ${caller.file}:${caller.line}: \`${code}\`.`;
  const restsOn = cite.suspect(caller);
  return [{ kind: 'reached', text, restsOn, shown: [{ words: code, by: restsOn }] }];
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
