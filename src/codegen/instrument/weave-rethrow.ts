import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import { linesInTexts, named, statementsOf, walk } from './grammar.ts';
import { frameOf, type Rethrow } from './rethrow-frame.ts';
import { indentAt, indentUnit } from './woven.ts';

/**
 * A routine that tells of an error of this class on its way out, and lets it go on. Null where the routine leaves no
 * room for that: one line, a constructor, a method that rescues already.
 */
export function weaveRethrow(routine: SyntaxNode, text: string, rethrow: Rethrow): string | null {
  const body = routine.field('body');
  const statements = body === null ? [] : statementsIn(body);
  const [first, last] = [statements[0], statements.at(-1)];
  if (body === null || first === undefined || last === undefined) return null;
  if (first.line === routine.line || isConstructor(routine) || rescues(body)) return null;
  const lines = text.split('\n');
  const indent = indentAt(text, first.from);
  const frame = frameOf(rethrow);
  const inner = lines.slice(first.line - 1, last.lastLine);
  const untouched = linesInTexts(body);
  const step = indent.includes('\t') ? '\t' : indentUnit(rethrow.language);
  const deeper = inner.map((line, at) =>
    line.trim() === '' || untouched.has(first.line + at) ? line : `${step}${line}`,
  );
  const within = (more: readonly string[]) => more.map((line) => indent + line);
  const rescue = frame.isOutdented
    ? frame.after.map((line) => indentAt(text, routine.from) + line)
    : within(frame.after);
  return [
    ...lines.slice(0, first.line - 1),
    ...within(frame.before),
    ...(frame.isDeeper ? deeper : inner),
    ...rescue,
    ...lines.slice(last.lastLine),
  ].join('\n');
}

/** Without the docstring and directives such as 'use strict', which have to come first. */
function statementsIn(body: SyntaxNode): readonly SyntaxNode[] {
  const isText = (node: SyntaxNode) =>
    node.type === 'expression_statement' && named(node)[0]?.type.startsWith('string') === true;
  const list = statementsOf(body);
  const start = list.findIndex((node) => !isText(node));
  return start === -1 ? [] : list.slice(start);
}

function isConstructor(routine: SyntaxNode): boolean {
  return routine.type.startsWith('constructor') || routine.field('name')?.text === 'constructor';
}

function rescues(body: SyntaxNode): boolean {
  return [...walk(body)].some((node) => /^(rescue|ensure)$/.test(node.type) && node.isNamed);
}
