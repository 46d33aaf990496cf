import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { isNumber, named, stringValue, touches, walk } from '../syntax-walk.ts';
import { codeWords } from '../words.ts';

/** Literals of a text, as they compare. */
export function literalsIn(root: SyntaxNode, among: (node: SyntaxNode) => boolean): ReadonlySet<string> {
  return new Set([...walk(root)].filter(among).flatMap((node) => literalOf(node) ?? []));
}

/**
 * A place where changed source answers the very input of the new test with the very value that it expects: a
 * comparison, case or table with a literal of the test that leads to another literal of the test. Null when there is
 * none. Either literal alone is common in honest fixes.
 */
export function hardCodedIn(
  root: SyntaxNode,
  changed: ReadonlySet<number>,
  ofTests: ReadonlySet<string>,
): string | null {
  for (const node of walk(root)) {
    if (!touches(node, changed)) continue;
    const pair = inputAndAnswer(node);
    if (pair === null) continue;
    const [input, answer] = pair.map((part) => part.filter((one) => ofTests.has(one)));
    if (input?.some(isTelling) === true && answer?.some(isTelling) === true) {
      return `the code knows the input of the test and its answer (line ${node.line}: ${codeWords(node.text)})`;
    }
  }
  return null;
}

const BRANCHES =
  /^(if|elif|elsif|unless)(_|$)|^(ternary_expression|conditional_expression|conditional|switch_case|expression_case|switch_block_statement_group|switch_rule|when|case_clause)$/;

/** Literals that a branch asks for, and those that it gives. */
function inputAndAnswer(node: SyntaxNode): readonly [readonly string[], readonly string[]] | null {
  if (!node.isNamed) return null;
  if (/^(pair|keyed_element)$/.test(node.type)) {
    const [key, value] = named(node);
    return key === undefined || value === undefined ? null : [literals(key), literals(value)];
  }
  if (!BRANCHES.test(node.type)) return null;
  const asked = node.field('condition') ?? middleOf(node) ?? node.field('value') ?? named(node)[0];
  if (asked === undefined) return null;
  const given = named(node).filter((one) => one !== asked && !isOtherBranch(one));
  return [compared(asked, node), given.flatMap(answers)];
}

/** Python's `x if c else y` has no fields. */
function middleOf(node: SyntaxNode): SyntaxNode | null {
  return node.type === 'conditional_expression' ? (named(node)[1] ?? null) : null;
}

function isOtherBranch(node: SyntaxNode): boolean {
  return /^(else|elif|elsif)/.test(node.type) && node.isNamed;
}

const EQUALS = /^(==|===|eql\?|equal\?|is|in)$/;

/** Literals that something is compared with; in a case, all. */
function compared(asked: SyntaxNode, branch: SyntaxNode): readonly string[] {
  if (/^(switch|expression_case|when|case)/.test(branch.type)) return literals(asked);
  return [...walk(asked)]
    .filter(
      (node) =>
        node.children.some((child) => EQUALS.test(child.type)) || /equals|eql|includes|Equal/.test(node.text),
    )
    .flatMap(literals);
}

/** Literals that are returned, assigned, or stand alone. */
function answers(given: SyntaxNode): readonly string[] {
  const bare = literalOf(given);
  if (bare !== null) return [bare];
  return [...walk(given)].filter((node) => /^return|assign|^then$|^block$/.test(node.type)).flatMap(literals);
}

function literals(node: SyntaxNode): readonly string[] {
  return [...literalsIn(node, () => true)];
}

function literalOf(node: SyntaxNode): string | null {
  return isNumber(node) ? node.text.replace(/[._]0*$/, '').replaceAll('_', '') : stringValue(node);
}

/** Not one of those that every program is full of. */
function isTelling(literal: string): boolean {
  return !/^(|0|1|2|10|100|1000)$/.test(literal);
}

/** Does the node stand on one of these lines? */
export function onLines(lines: ReadonlySet<number>): (node: SyntaxNode) => boolean {
  return (node) => touches(node, lines);
}
