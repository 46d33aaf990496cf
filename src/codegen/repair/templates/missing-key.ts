import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import type { Of } from '../dialect.ts';
import { pathOf } from '../path.ts';
import { around, type Found, insteads, meaningOf, onLine, outerOf, type Place, replace } from '../place.ts';
import { NO_ITEMS, NO_TEXT, NOTHING, type Value, ZERO } from '../value.ts';

/** A key that is not there: what is counted begins at zero, what is collected at empty, what is read has a default. */
export function missingKey(place: Place): readonly Candidate[] {
  const { language } = place.dialect;
  if (place.crash.kind === 'missing_key') {
    const { key } = place.crash;
    const items = onLine(place, 'item').filter(({ meaning }) => mayBe(meaning.key, key, place));
    return language === 'python' ? items.flatMap((item) => inPython(item, place)) : fetched(place);
  }
  if (place.crash.kind !== 'missing_value') return [];
  if (language === 'java') return onLine(place, 'call').flatMap((call) => inJava(call, place));
  return language === 'python' || language === 'go'
    ? []
    : onLine(place, 'item').flatMap((item) => collected(item, place));
}

function mayBe(node: SyntaxNode, key: string, { dialect }: Place): boolean {
  const meaning = dialect.reading.meaning(node);
  return meaning.is !== 'literal' || meaning.value.is !== 'text' || meaning.value.value === key;
}

/** The map without the key: empty, or a key that is not in it, or one item of the loop around. */
function lacking(map: SyntaxNode, key: SyntaxNode, place: Place): readonly Cause[] {
  const path = pathOf(map, place.scope);
  if (path !== null) return [{ path, value: 'empty' }];
  const asked = pathOf(key, place.scope);
  if (asked !== null && !asked.steps.some(({ is }) => is === 'element'))
    return [{ path: asked, value: { is: 'text', value: 'unknown' } }];
  const [loop] = around(map, 'each', place);
  const list = loop === undefined ? null : pathOf(loop.meaning.list, place.scope);
  return list === null ? [] : [{ path: list, value: 'single' }];
}

function inPython({ node, meaning }: Found<Of<'item'>>, place: Place): readonly Candidate[] {
  const causes = lacking(meaning.of, meaning.key, place);
  const [of, key] = [meaning.of.text, meaning.key.text];
  if (causes.length === 0 || node.parent === null) return [];
  const [set] = meaningOf(node.parent, 'assign', place);
  if (set !== undefined && set.meaning.target.from === node.from) {
    if (set.meaning.operator !== '+=') return [];
    const edits = [replace(set.node, `${of}[${key}] = ${of}.get(${key}, 0) + ${set.meaning.value.text}`)];
    return [{ does: `counts ${key} from 0`, edits, causes, gives: null }];
  }
  const [asked] = meaningOf(node.parent, 'field', place);
  if (asked !== undefined && /^(append|extend|add)$/.test(asked.meaning.name)) {
    const empty = asked.meaning.name === 'add' ? 'set()' : '[]';
    const edits = [replace(node, `${of}.setdefault(${key}, ${empty})`)];
    return [{ does: `begins a new list for ${key}`, edits, causes, gives: null }];
  }
  return values(node, place).map((value) => {
    const text = place.dialect.writing.value(value);
    const isWhole = node.parent !== null && place.dialect.reading.meaning(node.parent).is === 'return';
    const edits = [replace(node, `${of}.get(${key}, ${text})`)];
    return {
      does: `takes ${text} when ${key} is not in ${of}`,
      edits,
      causes,
      gives: isWhole ? value : null,
    };
  });
}

/** What fits in place of the value: a number in a sum, a text in a text. */
function values(node: SyntaxNode, place: Place): readonly Value[] {
  const parent = node.parent;
  const [sum] =
    parent === null ? [] : [...meaningOf(parent, 'operation', place), ...meaningOf(parent, 'assign', place)];
  if (sum !== undefined && /^[-+*]=?$/.test(sum.meaning.operator))
    return [/["']/.test(sum.node.text.replace(node.text, '')) ? NO_TEXT : ZERO];
  if (parent?.type === 'attribute') return [NO_TEXT];
  const known = insteads(place).map(({ value }) => value);
  return known.length === 0 ? [NOTHING] : known;
}

/** Ruby's `fetch` without a default. */
function fetched(place: Place): readonly Candidate[] {
  return onLine(place, 'call').flatMap(({ node, meaning: { of, name, args } }) => {
    const [key] = args;
    if (name !== 'fetch' || of === null || key === undefined || args.length > 1) return [];
    const causes = lacking(of, key, place);
    if (causes.length === 0) return [];
    return values(node, place).map((value) => {
      const text = place.dialect.writing.value(value);
      const edits = [replace(node, `${of.text}.fetch(${key.text}, ${text})`)];
      const isWhole = node.parent === place.routine.body || node.parent?.type === 'body_statement';
      return {
        does: `takes ${text} when ${key.text} is not in ${of.text}`,
        edits,
        causes,
        gives: isWhole ? value : null,
      };
    });
  });
}

/** `groups[key].push(item)` and Ruby's `counts[key] += 1`. */
function collected({ node, meaning }: Found<Of<'item'>>, place: Place): readonly Candidate[] {
  const causes = lacking(meaning.of, meaning.key, place);
  const { inner, outer } = outerOf(node, place);
  if (causes.length === 0 || outer === null) return [];
  const isRuby = place.dialect.language === 'ruby';
  const key = meaning.key.text;
  const [set] = meaningOf(outer, 'assign', place);
  if (isRuby && set?.meaning.operator === '+=' && set.meaning.target.from === node.from) {
    const text = `${node.text} = (${node.text} || 0) + ${set.meaning.value.text}`;
    return [{ does: `counts ${key} from 0`, edits: [replace(set.node, text)], causes, gives: null }];
  }
  const isShovel = meaningOf(outer, 'operation', place).some((one) => one.meaning.operator === '<<');
  const asked = [...meaningOf(outer, 'field', place), ...meaningOf(outer, 'call', place)];
  const isCollected =
    isShovel || asked.some((one) => /^(push|unshift|append|concat)$/.test(one.meaning.name));
  if (!isCollected) return [];
  const text = `(${node.text} ${isRuby ? '||=' : '??='} ${place.dialect.writing.value(NO_ITEMS)})`;
  return [{ does: `begins a new list for ${key}`, edits: [replace(inner, text)], causes, gives: null }];
}

/** `counts.get(key) + 1`, `groups.get(key).add(item)`. */
function inJava({ node, meaning }: Found<Of<'call'>>, place: Place): readonly Candidate[] {
  const [key] = meaning.args;
  const { of, name } = meaning;
  if (of === null || key === undefined || name !== 'get' || node.parent === null) return [];
  const causes = lacking(of, key, place);
  if (causes.length === 0) return [];
  const [asked] = meaningOf(node.parent, 'call', place);
  if (asked !== undefined && asked.meaning.name === 'add' && asked.meaning.of === node) {
    const text = `${of.text}.computeIfAbsent(${key.text}, unknown -> new java.util.ArrayList<>())`;
    return [{ does: `begins a new list for ${key.text}`, edits: [replace(node, text)], causes, gives: null }];
  }
  if (asked !== undefined || place.routine.gives === 'String') return [];
  const edits = [replace(node, `${of.text}.getOrDefault(${key.text}, 0)`)];
  const isWhole = meaningOf(node.parent, 'return', place).length > 0;
  return [
    { does: `takes 0 when ${key.text} is not in ${of.text}`, edits, causes, gives: isWhole ? ZERO : null },
  ];
}
