import { type Candidate, edited } from './candidate.ts';
import type { Place, Template } from './place.ts';
import { badText } from './templates/bad-text.ts';
import { bounds } from './templates/bounds.ts';
import { conditions } from './templates/conditions.ts';
import { division } from './templates/division.ts';
import { emptyList } from './templates/empty-list.ts';
import { missingKey } from './templates/missing-key.ts';
import { missingValue } from './templates/missing-value.ts';
import { unknownName, wrongVariable } from './templates/names.ts';
import { notAwaited } from './templates/not-awaited.ts';
import { notClosed } from './templates/not-closed.ts';
import { recursion } from './templates/recursion.ts';
import { nilMap, notText } from './templates/small-shapes.ts';

/** What puts right what was meant comes before what only survives it. */
const TEMPLATES: readonly Template[] = [
  notAwaited,
  wrongVariable,
  conditions,
  bounds,
  missingKey,
  division,
  badText,
  emptyList,
  recursion,
  unknownName,
  nilMap,
  notText,
  notClosed,
  missingValue,
];

/** Likeliest first, each changing the file in another way. */
export function candidatesAt(place: Place): readonly Candidate[] {
  const all = TEMPLATES.flatMap((template) => template(place));
  const texts = all.map(({ edits }) => edited(place.text, edits));
  return all.filter((_, at) => texts[at] !== place.text && texts.indexOf(texts[at] ?? '') === at);
}
