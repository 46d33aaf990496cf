import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import { ancestors, tokens, touches, walk } from './syntax-walk.ts';

/** A function, or a statement outside of all functions, that a fix changed. */
export interface ChangedFunction {
  readonly name: string;
  readonly node: SyntaxNode;
}

const FUNCTIONS =
  /^(function_declaration|generator_function_declaration|method_definition|function_definition|method_declaration|constructor_declaration|compact_constructor_declaration|method|singleton_method)$/;
const UNNAMED = /^(arrow_function|function_expression|generator_function)$/;
const NAMED_BY: Readonly<Record<string, string>> = {
  variable_declarator: 'name',
  assignment_expression: 'left',
  pair: 'key',
  public_field_definition: 'name',
  field_definition: 'property',
};
/** What holds statements and members that are no part of each other. */
const BODIES = /^(program|module|source_file|class_body|interface_body|enum_body|declaration_list)$/;
const WITHOUT_BEHAVIOUR =
  /^(import|package|comment|type_alias|interface_declaration|export_clause|use|require)/;

/** The innermost named function around each changed line; where there is none, the statement of the file or class. */
export function changedFunctions(root: SyntaxNode, lines: ReadonlySet<number>): readonly ChangedFunction[] {
  const found = new Map<SyntaxNode, ChangedFunction>();
  for (const token of tokens(root)) {
    if (!touches(token, lines)) continue;
    const around = [token, ...ancestors(token)];
    const node = around.find((one) => nameOf(one) !== null) ?? statementOf(around);
    if (node === null || WITHOUT_BEHAVIOUR.test(node.type)) continue;
    found.set(node, { name: nameOf(node) ?? `line ${node.line}`, node });
  }
  return [...found.values()];
}

/** The part of a file or of a class; a class is never one part. */
function statementOf(around: readonly SyntaxNode[]): SyntaxNode | null {
  const at = around.findIndex((node) => BODIES.test(node.type) || isClassBody(node));
  return around[at - 1] ?? null;
}

function isClassBody(node: SyntaxNode): boolean {
  return /^(block|body_statement)$/.test(node.type) && /^(class|module)/.test(node.parent?.type ?? '');
}

/** The name of a function, also of one that is kept in a variable, a field or a property; null for other nodes. */
function nameOf(node: SyntaxNode): string | null {
  if (FUNCTIONS.test(node.type)) return node.field('name')?.text ?? null;
  const field = UNNAMED.test(node.type) ? NAMED_BY[node.parent?.type ?? ''] : undefined;
  if (field === undefined) return null;
  return node.parent?.field(field)?.text.split('.').at(-1) ?? null;
}

/** What stands in it, without functions that are counted by themselves. */
export function ownNodes({ node }: ChangedFunction): readonly SyntaxNode[] {
  const inner = [...walk(node)].filter((one) => one !== node && nameOf(one) !== null);
  const within = new Set(inner.flatMap((one) => [...walk(one)]));
  return [...walk(node)].filter((one) => !within.has(one) && !one.hasError);
}
