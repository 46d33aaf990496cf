import type { SyntaxNode } from '../../ports/syntax-tree.ts';

/** Node types of the six grammars that monitoring is written into. */
const ROUTINES =
  /^(function_declaration|generator_function_declaration|method_definition|function_definition|method_declaration|constructor_declaration|method|singleton_method|function_expression|arrow_function|func_literal)$/;
const CHECKS = /^(if_statement|if|unless|if_modifier|unless_modifier)$/;
const HANDLERS = /^(catch_clause|except_clause|rescue)$/;
const JUMPS =
  /^(return_statement|throw_statement|raise_statement|continue_statement|break_statement|return|next|break|redo)$/;
const TEXTS = /^(template_string|string|string_literal|text_block|heredoc_body|raw_string_literal)$/;

export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

export function named(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.isNamed && !child.type.endsWith('comment'));
}

/** Statements of a block, whether or not the grammar gathers them in a list. */
export function statementsOf(block: SyntaxNode): readonly SyntaxNode[] {
  const inner = named(block);
  const [only] = inner;
  return inner.length === 1 && only?.type === 'statement_list' ? named(only) : inner;
}

export function isRoutine(node: SyntaxNode): boolean {
  return ROUTINES.test(node.type) && node.field('body') !== null;
}

/** Name of a routine, also of one that is kept in a variable or field; null for one without. */
export function routineName(node: SyntaxNode): string | null {
  const own = node.field('name')?.text ?? null;
  if (own !== null) return own;
  const { parent } = node;
  const kept = parent?.field('name') ?? parent?.field('left') ?? parent?.field('key') ?? null;
  return kept?.text.split('.').at(-1) ?? null;
}

/** The innermost routine with a name around a line. */
export function routineAround(root: SyntaxNode, line: number): SyntaxNode | null {
  const around = [...walk(root)].filter(
    (node) => isRoutine(node) && routineName(node) !== null && node.line <= line && node.lastLine >= line,
  );
  return around.at(-1) ?? null;
}

/** A condition that leads to a branch of its own, or the handler of an error. */
export interface Branch {
  readonly node: SyntaxNode;
  /** What is done then. */
  readonly body: SyntaxNode;
  /** Statements of the body; those of a branch without braces are one. */
  readonly statements: readonly SyntaxNode[];
  /** Null for a handler. */
  readonly condition: SyntaxNode | null;
  /** The statement stands before its condition: `return 0 if order.nil?`. */
  readonly isModifier: boolean;
}

/** A check without an `else`, or a handler; null for other nodes. */
export function branchOf(node: SyntaxNode): Branch | null {
  if (CHECKS.test(node.type)) return checkOf(node);
  if (!HANDLERS.test(node.type)) return null;
  const body = node.field('body') ?? node.children.findLast((child) => child.type === 'block') ?? null;
  return body === null
    ? null
    : { node, body, statements: statementsOf(body), condition: null, isModifier: false };
}

function checkOf(node: SyntaxNode): Branch | null {
  const condition = node.field('condition');
  const isModifier = node.type.endsWith('_modifier');
  const body = node.field(isModifier ? 'body' : 'consequence');
  if (condition === null || body === null || node.field('alternative') !== null) return null;
  const isBlock = /block$|^then$/.test(body.type);
  return { node, body, statements: isBlock ? statementsOf(body) : [body], condition, isModifier };
}

/** Does nothing behind these statements run? */
export function leaves(statements: readonly SyntaxNode[]): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  const inner = last.type === 'expression_statement' ? (named(last)[0] ?? last) : last;
  return JUMPS.test(inner.type) || /^(raise\b|panic\()/.test(inner.text);
}

/** Lines that begin inside of a text: they must stay as they are. */
export function linesInTexts(node: SyntaxNode): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const one of walk(node)) {
    if (TEXTS.test(one.type)) for (let line = one.line + 1; line <= one.lastLine; line += 1) lines.add(line);
  }
  return lines;
}
