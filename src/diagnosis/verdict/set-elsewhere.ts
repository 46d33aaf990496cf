import type { CodeLocation } from '../../domain/diagnosis.ts';
import { lengthText } from '../../domain/explain.ts';
import { isSamePlace } from '../locate/locate.ts';
import type { Ground } from './ground.ts';
import { placeText, type Thought, type Weighing } from './weighing.ts';

/** The member that is missing is set somewhere on the way: what sets it, and what changed there, may be at fault. */
export function setElsewhere(weighing: Weighing): Thought | null {
  const { value, located, cite } = weighing;
  const { origin } = located;
  const member = /[.?]([A-Za-z_$][\w$]*)$/.exec(value?.expression ?? '')?.[1];
  if (value === null || origin === null || member === undefined) return null;
  for (const place of located.suspects) {
    const set = isSamePlace(place, origin) ? null : lineSetting(member, place);
    if (set === null) continue;
    const text = `${place.file}:${set.line} sets it: \`${set.code}\`.`;
    const restsOn = cite.suspect(place);
    const shown = [{ words: set.code, by: restsOn }];
    return {
      text: `\`${member}\` is wrong where it is set, at ${placeText({ ...place, line: set.line })}.`,
      for: [{ kind: 'set', text, restsOn, shown }, ...laterChange(place, weighing)],
      against: [],
    };
  }
  return null;
}

/** `member: value`, `member = value`, `"member": value`, `member=value`, as the excerpt shows it. */
function lineSetting(
  member: string,
  { excerpt }: CodeLocation,
): { readonly line: number; readonly code: string } | null {
  const name = member.replaceAll('$', String.raw`\$`);
  const form = new RegExp(String.raw`(?<![\w$])${name}['"]?\s*(?::(?!:)|=(?![=>]))`);
  for (const row of excerpt?.split('\n') ?? []) {
    const [, line = '', code = ''] = /^[> ]\s*(\d+) \| \s*(.*)$/.exec(row) ?? [];
    if (form.test(code) && !COMMENT.test(code)) return { line: Number(line), code };
  }
  return null;
}

const COMMENT = /^(?:\/\/|#|\*|\/\*)/;

/** The code that fails was there first: what gives it its data has changed since. */
function laterChange(place: CodeLocation, { located, cite }: Weighing): readonly Ground[] {
  const [first] = located.commits;
  const { symbol } = place;
  const later = located.commits.find(({ why }) => symbol !== null && why.split(' ').includes(symbol));
  if (first === undefined || later === undefined || later.date <= first.date) return [];
  const sha = later.sha.slice(0, 10);
  const gap = lengthText(later.date - first.date);
  const text = `Commit ${sha} "${later.subject}" ${later.why}, ${gap} after the line that fails was written.`;
  return [
    {
      kind: 'later',
      text,
      restsOn: cite.commit(later),
      shown: [{ words: later.why, by: cite.commit(later) }],
    },
  ];
}
