import type { Language } from '../../../domain/trace.ts';
import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { isNumber, stringValue } from '../syntax-walk.ts';
import type { Operator } from './edit.ts';

/** What an operator becomes: the opposite first, then the neighbour that an off-by-one has. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  '<': ['>=', '<='],
  '<=': ['>', '<'],
  '>': ['<=', '>='],
  '>=': ['<', '>'],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
  is: ['is not'],
  'is not': ['is'],
  in: ['not in'],
  'not in': ['in'],
  '=~': ['!~'],
  '&&': ['||'],
  '||': ['&&'],
  and: ['or'],
  or: ['and'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '//': ['*'],
  '%': ['*'],
  '**': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

/** Comparisons, logic and arithmetic; not the `|` of a type or the `<` of a generic one. */
export const flipped: Operator = (node) => {
  const around = node.parent?.type ?? '';
  if (
    node.isNamed ||
    !/^(binary|comparison|boolean|augmented|operator_assignment|assignment_statement)/.test(around)
  )
    return [];
  const others = Object.hasOwn(OTHERS, node.type) ? (OTHERS[node.type] ?? []) : [];
  return others.map((text) => ({ node, text }));
};

const TRUTHS: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  True: 'False',
  False: 'True',
};

/** Numbers by one, truths to their opposite, texts and lists to other ones. */
export const otherConstant: Operator = (node, language) => {
  const truth = /^(true|false)$/.test(node.type) && node.isNamed ? TRUTHS[node.text] : undefined;
  const text = truth ?? otherNumber(node) ?? otherString(node) ?? otherList(node, language);
  return text === null ? [] : [{ node, text }];
};

function otherNumber(node: SyntaxNode): string | null {
  if (!isNumber(node) || !/^\d[\d_]*(\.\d+)?$/.test(node.text)) return null;
  return String(Number(node.text.replaceAll('_', '')) + 1);
}

function otherString(node: SyntaxNode): string | null {
  const value = stringValue(node);
  if (value === null || /^(import|expression_statement|module)/.test(node.parent?.type ?? '')) return null;
  const quote = /["'`]/.exec(node.text)?.[0];
  return quote === undefined ? null : quote + (value === '' ? 'x' : '') + quote;
}

const ONE_NOTHING: Readonly<Record<Language, string | null>> = {
  javascript: '[null]',
  typescript: '[null]',
  python: '[None]',
  ruby: '[nil]',
  go: null,
  java: null,
};

function otherList(node: SyntaxNode, language: Language): string | null {
  return /^(array|list)$/.test(node.type) && /^\[\s*\]$/.test(node.text) ? ONE_NOTHING[language] : null;
}
