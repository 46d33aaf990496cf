import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import { pathOf } from '../path.ts';
import { indentOf, insteads, onLine, type Place, replace, statementOf } from '../place.ts';
import { NOTHING, type Value } from '../value.ts';

/** No JSON and no number to anybody. */
const BAD: Value = { is: 'text', value: '{' };
const PARSES = /^(parse|loads|load|int|float|Integer|Float|parseInt|parseDouble|parseLong|valueOf)$/;

/** Text that cannot be read: only that error is caught, and what the routine gives back then is said. */
export function badText(place: Place): readonly Candidate[] {
  const { crash } = place;
  if (crash.kind !== 'bad_text') return [];
  return onLine(place, 'call').flatMap(({ node, meaning }) => {
    const [text] = meaning.args;
    const statement = statementOf(node, place);
    if (text === undefined || statement === null || !PARSES.test(meaning.name)) return [];
    const path = pathOf(text, place.scope);
    if (path === null) return [];
    const causes: readonly Cause[] = [{ path, value: BAD }];
    return values(place).flatMap(({ value, text: instead }) => {
      const caught = catching(statement, { error: crash.error, instead, place });
      const does = `gives ${instead} back when ${text.text} cannot be read`;
      return caught === null ? [] : [{ does, edits: [replace(statement, caught)], causes, gives: value }];
    });
  });
}

function values(place: Place): ReturnType<typeof insteads> {
  const known = insteads(place);
  return known.length > 0 ? known : [{ value: NOTHING, text: place.dialect.writing.value(NOTHING) }];
}

interface Catch {
  readonly error: string;
  readonly instead: string;
  readonly place: Place;
}

/** The statement in its language's way to catch one kind of error; null where it has none. */
function catching(statement: SyntaxNode, { error, instead, place }: Catch): string | null {
  const { writing, language } = place.dialect;
  const indent = indentOf(statement, place.text);
  const inner = statement.text.replaceAll('\n', '\n  ');
  const exit = writing.exit(instead);
  const lines = (...all: readonly string[]) => all.join(`\n${indent}`);
  switch (language) {
    case 'javascript':
    case 'typescript': {
      const [head, body] = declaredBefore(statement);
      const rethrow = `  if (!(error instanceof ${error})) throw error;`;
      return lines(
        ...head,
        'try {',
        `  ${body.replaceAll('\n', '\n  ')}`,
        '} catch (error) {',
        rethrow,
        `  ${exit}`,
        '}',
      );
    }
    case 'python':
      return lines(
        'try:',
        `    ${statement.text.replaceAll('\n', '\n    ')}`,
        `except ${error}:`,
        `    ${exit}`,
      );
    case 'ruby':
      return lines('begin', `  ${inner}`, `rescue ${error}`, `  ${exit}`, 'end');
    case 'java': {
      const [head, body] = assignedLater(statement);
      return lines(...head, 'try {', `    ${body}`, `} catch (${error} unreadable) {`, `    ${exit}`, '}');
    }
    case 'go':
      return null;
  }
}

/** A name that is needed after the `try` is declared before it. */
function declaredBefore({ text }: SyntaxNode): readonly [head: readonly string[], body: string] {
  const [, pattern, value] = /^(?:const|let)\s+([^=]+?)\s*=\s*(.*)$/s.exec(text) ?? [];
  if (pattern === undefined || value === undefined) return [[], text];
  const names = /^[\w$]+(:.*)?$/.test(pattern);
  if (names) return [[`let ${pattern};`], `${pattern.split(':')[0] ?? pattern} = ${value}`];
  return [['let parsed;'], `parsed = ${value}`];
}

function assignedLater({ text }: SyntaxNode): readonly [head: readonly string[], body: string] {
  const [, type, name, value] = /^(?:final )?([\w<>[\], .]+?)\s+(\w+)\s*=\s*(.*)$/s.exec(text) ?? [];
  return type === undefined || name === undefined || type === 'return'
    ? [[], text]
    : [[`${type} ${name};`], `${name} = ${value ?? ''}`];
}
