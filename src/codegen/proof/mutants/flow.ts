import type { Language } from '../../../domain/trace.ts';
import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { ancestors, named } from '../syntax-walk.ts';
import { type Edit, NOTHING, type Operator } from './edit.ts';

/** `a ?? b`, `a?.b`, `x if c else y`, `get(key, other)` without the one or the other side. */
export const fallenBack: Operator = (node) => {
  if (/^(optional_chain|&\.)$/.test(node.type)) return [{ node, text: '.' }];
  const operator = node.field('operator')?.type;
  if (operator === '??' || operator === '||' || operator === 'or') {
    const left = node.field('left');
    return left === null ? [] : [{ node, text: left.text }];
  }
  if (/^(ternary_expression|conditional_expression|conditional)$/.test(node.type)) return sidesOf(node);
  return withoutDefault(node);
};

function sidesOf(node: SyntaxNode): readonly Edit[] {
  const parts = named(node);
  // Python puts the condition in the middle.
  const sides = node.field('condition') === null ? [parts[0], parts[2]] : [parts[1], parts[2]];
  return sides.flatMap((side) => (side === undefined ? [] : [{ node, text: side.text }]));
}

const LOOKUPS = /^(get|fetch|getattr|pop|dig|getProperty|getOrDefault)$/;

/** A lookup without what it falls back to. */
function withoutDefault(node: SyntaxNode): readonly Edit[] {
  const list = node.field('arguments');
  if (list === null) return [];
  const called = calledName(node);
  const given = named(list);
  if (given.length < 2 || !LOOKUPS.test(called)) return [];
  const kept = given.slice(0, -1).map((one) => one.text);
  const text = `(${kept.join(', ')})`;
  if (called !== 'getOrDefault') return [{ node: list, text }];
  return [{ node, text: `${node.field('object')?.text ?? 'this'}.get${text}` }];
}

function calledName(call: SyntaxNode): string {
  const name = call.field('method') ?? call.field('name') ?? named(call.field('function') ?? call).at(-1);
  return name?.text ?? '';
}

const FALSE: Readonly<Partial<Record<Language, string>>> = { python: 'False' };

/** A condition never holds, so that its guard is gone, or holds when it should not. Loops are left alone. */
export const conditioned: Operator = (node, language) => {
  if (!/^(if|elif|elsif|unless)(_|$)/.test(node.type) || !node.isNamed) return [];
  const condition = node.field('condition');
  if (condition === null) return [];
  const never = node.type.startsWith('unless') ? 'true' : (FALSE[language] ?? 'false');
  const not = language === 'python' ? 'not ' : '!';
  const bare = condition.text.replace(/^\(([^()]*)\)$/, '$1');
  const wrap = (text: string) => (condition.type === 'parenthesized_expression' ? `(${text})` : text);
  return [wrap(never), wrap(`${not}(${bare})`)].map((text) => ({ node: condition, text }));
};

/** `return x` gives nothing, or what stands for it where the language wants a type. */
export const returnedNothing: Operator = (node, language) => {
  const value = valueOf(node);
  if (value === null) return [];
  const text = nothingOf(value, language);
  return text === null || text === value.text ? [] : [{ node: value, text }];
};

/** What a return statement or the body of an arrow function gives. */
function valueOf(node: SyntaxNode): SyntaxNode | null {
  if (node.isNamed && /^return(_statement)?$/.test(node.type)) return named(node)[0] ?? null;
  if (node.type !== 'arrow_function') return null;
  const body = node.field('body');
  return body === null || body.type === 'statement_block' ? null : body;
}

function nothingOf(value: SyntaxNode, language: Language): string | null {
  if (language !== 'go' && language !== 'java') return NOTHING[language];
  const owner = [...ancestors(value)].find((node) => /^(function|method)_declaration$/.test(node.type));
  const type = owner?.field(language === 'go' ? 'result' : 'type')?.text ?? '';
  if (/^(bool|boolean)$/.test(type)) return `!(${value.text})`;
  return nothingOfType(type, language);
}

/** Null for several results, and where no type is said. */
function nothingOfType(type: string, language: Language): string | null {
  if (/^(u?int\d*|float\d+|byte|rune|long|short|double|float|char)$/.test(type)) return '0';
  if (type === 'string') return '""';
  return type === '' || type.startsWith('(') ? null : NOTHING[language];
}

const LEFT_OUT: Readonly<Record<Language, string>> = {
  javascript: ';',
  typescript: ';',
  java: ';',
  python: 'pass',
  go: '_ = 0',
  ruby: 'nil',
};

/** A call whose result nobody takes is left out. */
export const calledLess: Operator = (node, language) => {
  const isStatement =
    node.type === 'expression_statement' && /call|method_invocation|await/.test(named(node)[0]?.type ?? '');
  const isRuby =
    language === 'ruby' &&
    node.type === 'call' &&
    /^(body_statement|then|else|block_body)$/.test(node.parent?.type ?? '');
  return isStatement || isRuby ? [{ node, text: LEFT_OUT[language] }] : [];
};
