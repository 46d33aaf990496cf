import type { Node } from 'web-tree-sitter';
import { type Edit, removed, replaced } from './edit.ts';

export function missingAwait(node: Node): readonly Edit[] {
  return /^await(?:_expression)?$/.test(node.type) && node.isNamed
    ? [replaced(node, node.text.replace(/^await\s+/, ''))]
    : [];
}

/** `a?.b`, `a ?? b`, `a || []`, `x if x is not None else y` without what they are there for. */
export function nullDereference(node: Node): readonly Edit[] {
  if (node.type === 'optional_chain' || node.type === '&.') return [replaced(node, '.')];
  const first = node.firstNamedChild;
  if (first === null) return [];
  const isChoice = node.type === 'conditional_expression' && /\bNone\b/.test(node.text);
  return isChoice || isFallback(node) ? [replaced(node, first.text)] : [];
}

function isFallback(node: Node): boolean {
  if (!node.type.startsWith('binary') || node.namedChildCount !== 2) return false;
  const operator = node.childForFieldName('operator')?.type;
  return (
    operator === '??' || (operator === '||' && /^(?:[{["'\d]|nil)/.test(node.lastNamedChild?.text ?? ''))
  );
}

const LEAVES = /^(?:return|throw|raise|continue|break|next)\b/;

/** A check at which a function leaves early. */
export function missingGuard(node: Node): readonly Edit[] {
  if (/^(?:if|unless)_modifier$/.test(node.type))
    return LEAVES.test(node.text) ? [replaced(node, 'nil')] : [];
  if (!/^(?:if|if_statement)$/.test(node.type) || !node.isNamed) return [];
  const body = node.childForFieldName('consequence');
  const only = (body?.text ?? '').replace(/^(?:\{|then\b)|\}$/g, '').trim();
  const isGuard = node.childForFieldName('alternative') === null && LEAVES.test(only) && !only.includes('\n');
  return isGuard ? [removed(node)] : [];
}

export function swallowedError(node: Node): readonly Edit[] {
  if (node.type === 'raise_statement') return [replaced(node, 'pass')];
  if (node.type === 'throw_statement') return [replaced(node, 'return null;')];
  if (node.type === 'call' && /^raise\b/.test(node.text)) return [replaced(node, 'nil')];
  const results = node.type === 'return_statement' ? node.firstNamedChild : null;
  const last = results?.type === 'expression_list' ? results.lastNamedChild : null;
  return last && /^(?:err|errors\.New|fmt\.Errorf|&?\w+Error)\b/.test(last.text)
    ? [replaced(last, 'nil')]
    : [];
}

const CLEANS =
  /\.?(?:close|release|unlock|clear|delete|remove|pop|shift|dispose|flush|reset|cancel|unsubscribe|strip!|chomp!)\w*\(?/i;

/** A resource that is not given back, something that is not taken away. */
export function missingCleanUp(node: Node): readonly Edit[] {
  return isStatement(node) && CLEANS.test(node.text) ? [removed(node)] : [];
}

const UPDATES = /[^=!<>]=[^=]|\+\+|--|(?:push|append|add|set|put|concat)\w*\(/;

/** A value that stays as it was. */
export function missingUpdate(node: Node): readonly Edit[] {
  return isStatement(node) && UPDATES.test(node.text) ? [removed(node)] : [];
}

/** Of one line. In Ruby everything is an expression: what stands in a body is meant. */
function isStatement(node: Node): boolean {
  if (node.text.includes('\n')) return false;
  if (/^(?:expression_statement|assignment_statement|inc_statement|dec_statement)$/.test(node.type))
    return true;
  const isBare = /^(?:assignment|operator_assignment|call)$/.test(node.type);
  return isBare && /^(?:body_statement|block_body|then|else)$/.test(node.parent?.type ?? '');
}

export function missingReturn(node: Node): readonly Edit[] {
  const value = /^return(?:_statement)?$/.test(node.type) ? node.firstNamedChild : null;
  return value === null || /^(?:None|null|nil|true|false|undefined|\d)/.test(value.text)
    ? []
    : [replaced(node, value.text)];
}
