import type { Node } from 'web-tree-sitter';
import { type Edit, isArguments, replaced } from './edit.ts';

const OTHER_VALUES = new Map([
  ['True', 'False'],
  ['False', 'True'],
  ['true', 'false'],
  ['false', 'true'],
  ['None', '0'],
  ['null', '0'],
  ['nil', '0'],
  ["''", "' '"],
  ['""', '" "'],
  ["','", "';'"],
  ["' '", "''"],
  ['[]', '[""]'],
  ['{}', '[]'],
]);

/** Of a parameter, or what a lookup falls back to: `get(key, 0)`, `fetch(:key, nil)`. */
export function badDefault(node: Node): readonly Edit[] {
  if (!isParameter(node) && !isLookup(node)) return [];
  const other = /^\d{1,4}$/.test(node.text) ? String(Number(node.text) + 1) : OTHER_VALUES.get(node.text);
  return other === undefined ? [] : [replaced(node, other)];
}

function isParameter({ parent }: Node): boolean {
  return /^(?:(?:typed_)?default|optional|keyword)_parameter$/.test(parent?.type ?? '');
}

function isLookup({ parent, id }: Node): boolean {
  if (!isArguments(parent) || parent?.lastNamedChild?.id !== id || parent.namedChildCount < 2) return false;
  const called = parent.parent?.text.slice(0, parent.startIndex - parent.parent.startIndex) ?? '';
  return /(?:get|fetch|getOrDefault|getattr|dig|pop)$/.test(called);
}

/** In patterns: a quantifier, an anchor or a class. */
export function wrongPattern(node: Node): readonly Edit[] {
  if (!isPattern(node) || node.childCount > 3) return [];
  return [...node.text.matchAll(/(?<=[\])\w.])[+*](?!\))|\\d|\\s|\\w|\[\^|^\^|\$$/g)].map(
    ({ index, 0: form }) => {
      const from = node.startIndex + index;
      return { from, to: from + form.length, text: OTHER_FORMS[form] ?? '' };
    },
  );
}

const OTHER_FORMS: Readonly<Record<string, string>> = {
  '*': '+',
  '\\d': '\\w',
  '\\s': ' ',
  '\\w': '[a-z]',
  '[^': '[',
};

function isPattern({ type, parent, text }: Node): boolean {
  if (type === 'regex_pattern' || (type === 'string_content' && parent?.type === 'regex')) return true;
  const isText = /^string|_string_literal$/.test(type) && !text.includes('%');
  return isText && /[\])\w.][+*?]|\\[dws]|\[\^/.test(text);
}

const CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/^(get|set)UTC(\w+)$/, '$1$2'],
  [/^(get|set)(Hours|Minutes|Date|Day|Month|FullYear)$/, '$1UTC$2'],
  [/^utcfromtimestamp$/, 'fromtimestamp'],
  [/^gmtime$/, 'localtime'],
  [/^localtime$/, 'gmtime'],
  [/^getutc$/, 'getlocal'],
  [/^utc$/, 'localtime'],
  [/^UTC$/, 'Local'],
];

export function wrongTimezone(node: Node): readonly Edit[] {
  const { type, text } = node;
  if (!/^(?:identifier|property_identifier|field_identifier)$/.test(type)) return [];
  return CLOCKS.filter(([form]) => form.test(text)).map(([form, other]) =>
    replaced(node, text.replace(form, other)),
  );
}

const PLAIN =
  /^(?:identifier|integer|number|string|int_literal|member_expression|attribute|call|selector_expression|instance_variable|string_literal|interpreted_string_literal|simple_symbol|constant|field_access|true|false|nil|none)$/;

export function wrongArgumentOrder(node: Node): readonly Edit[] {
  if (!isArguments(node)) return [];
  const given = node.namedChildren.filter((one) => !one.type.includes('comment'));
  return given.slice(1).flatMap((second, i) => {
    const first = given[i];
    const isSwap =
      first !== undefined && first.text !== second.text && PLAIN.test(first.type) && PLAIN.test(second.type);
    if (!isSwap) return [];
    const between = node.text.slice(first.endIndex - node.startIndex, second.startIndex - node.startIndex);
    return [{ from: first.startIndex, to: second.endIndex, text: `${second.text}${between}${first.text}` }];
  });
}

/** Another parameter of the function is handed on. */
export function wrongVariable(node: Node, parameters: readonly string[]): readonly Edit[] {
  if (node.type !== 'identifier' || !isArguments(node.parent) || !parameters.includes(node.text)) return [];
  return parameters
    .filter((name) => name !== node.text && !/^(?:self|cls|this)$/.test(name))
    .map((name) => replaced(node, name));
}
