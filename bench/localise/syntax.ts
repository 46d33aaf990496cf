import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language as Grammar, type Node, Parser } from 'web-tree-sitter';
import type { Language } from './language.ts';

const GRAMMARS: Readonly<Record<Language, string>> = {
  python: 'tree-sitter-python/tree-sitter-python.wasm',
  javascript: 'tree-sitter-typescript/tree-sitter-tsx.wasm',
  typescript: 'tree-sitter-typescript/tree-sitter-typescript.wasm',
  ruby: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
  go: 'tree-sitter-go/tree-sitter-go.wasm',
  java: 'tree-sitter-java/tree-sitter-java.wasm',
};

export type Parse = (text: string) => Node;

export async function parserOf(language: Language): Promise<Parse> {
  await Parser.init();
  const wasm = readFileSync(createRequire(import.meta.url).resolve(GRAMMARS[language]));
  const parser = new Parser().setLanguage(await Grammar.load(wasm));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('a tree was not made');
    return tree.rootNode;
  };
}

/** A function with a name and a body. Lines are 1-based, inclusive. */
export interface NamedFunction {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly body: Node;
  readonly parameters: readonly string[];
}

const DEFINITIONS = new Set(
  `function_definition function_declaration generator_function_declaration method_definition method_declaration
  constructor_declaration method singleton_method`.split(/\s+/),
);
/** A function without a name of its own has that of what it is assigned to. */
const UNNAMED = new Set(['arrow_function', 'function_expression', 'generator_function']);

/** All functions of a file that have a name, outer before inner. */
export function functionsOf(root: Node): readonly NamedFunction[] {
  return [...walk(root)].flatMap((node) => {
    const name = nameOf(node);
    const body = node.childForFieldName('body');
    if (name === null || body === null || body.hasError) return [];
    const from = node.startPosition.row + 1;
    return [{ name, from, to: node.endPosition.row + 1, body, parameters: parametersOf(node) }];
  });
}

export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** Which part of the node around it names it. */
const NAMED_BY: Readonly<Record<string, string>> = {
  variable_declarator: 'name',
  assignment_expression: 'left',
  pair: 'key',
};

function nameOf(node: Node): string | null {
  if (DEFINITIONS.has(node.type)) return node.childForFieldName('name')?.text ?? null;
  const field = UNNAMED.has(node.type) ? NAMED_BY[node.parent?.type ?? ''] : undefined;
  if (field === undefined) return null;
  return node.parent?.childForFieldName(field)?.text.split('.').at(-1) ?? null;
}

function parametersOf(node: Node): readonly string[] {
  const list = node.childForFieldName('parameters');
  return (list?.namedChildren ?? []).flatMap((one) => {
    const name =
      one.type === 'identifier' ? one : (one.childForFieldName('name') ?? one.childForFieldName('pattern'));
    return name?.type === 'identifier' ? [name.text] : [];
  });
}
