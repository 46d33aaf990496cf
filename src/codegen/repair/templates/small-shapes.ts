import type { Candidate } from '../candidate.ts';
import { pathOf } from '../path.ts';
import { onLine, type Place, replace } from '../place.ts';
import { nodesIn } from '../tree.ts';

/** A map of Go that was declared and never made. */
export function nilMap(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'nil_map') return [];
  return [...nodesIn(place.routine.body)].flatMap((node) => {
    const type = node.type === 'var_spec' && node.field('value') === null ? node.field('type') : null;
    const name = node.field('name');
    if (type?.type !== 'map_type' || name === null || node.parent === null) return [];
    const edits = [replace(node.parent, `${name.text} := ${type.text}{}`)];
    return [{ does: `makes the map ${name.text}`, edits, causes: causesOfItems(place), gives: null }];
  });
}

/** The line is reached with one item of every list that is looped over. */
function causesOfItems(place: Place): Candidate['causes'] {
  return [...nodesIn(place.routine.body)].flatMap((node) => {
    const meaning = place.dialect.reading.meaning(node);
    const path = meaning.is === 'each' ? pathOf(meaning.list, place.scope) : null;
    return path === null ? [] : [{ path, value: 'single' as const }];
  });
}

/** A number joined to a text. */
export function notText(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'not_text') return [];
  const isRuby = place.dialect.language === 'ruby';
  const sums = onLine(place, 'operation').filter(({ meaning }) => meaning.operator === '+');
  const parts = sums.flatMap(({ meaning }) => [meaning.right, meaning.left]);
  return parts
    .filter(
      (part) => !/^["'f]/.test(part.text) && !/["']/.test(part.text) && !/^(str|to_s)\b/.test(part.text),
    )
    .flatMap((part) => {
      const path = pathOf(part, place.scope);
      const edits = [replace(part, isRuby ? `${part.text}.to_s` : `str(${part.text})`)];
      const causes = path === null ? [] : [{ path, value: { is: 'number', value: 1 } as const }];
      return [{ does: `writes ${part.text} as text`, edits, causes, gives: null }];
    });
}
