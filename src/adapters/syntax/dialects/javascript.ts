import type { Node } from 'web-tree-sitter';
import { type Dialect, fieldText, type ScopeHead } from '../dialect.ts';

/** JavaScript, and TypeScript, whose grammar extends it. */
export const javascript: Dialect = {
  roles: {
    class_declaration: 'scope',
    abstract_class_declaration: 'scope',
    class: 'scope',
    internal_module: 'scope',
    function_declaration: 'scope',
    generator_function_declaration: 'scope',
    function_expression: 'scope',
    generator_function: 'scope',
    arrow_function: 'scope',
    method_definition: 'scope',
    call_expression: 'call',
    new_expression: 'call',
    arguments: 'arguments',
    throw_statement: 'throw',
    string: 'string',
    template_string: 'string',
    regex: 'pattern',
    string_fragment: 'text',
    regex_pattern: 'text',
    escape_sequence: 'text',
    template_substitution: 'hole',
    pair: 'pair',
    expression_statement: 'statement',
    decorator: 'decorator',
    import_statement: 'import',
  },
  headOf(node) {
    switch (node.type) {
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'class':
      case 'internal_module':
        return { kind: 'class', name: fieldText(node, 'name') };
      case 'method_definition':
        return { kind: 'method', name: plainName(fieldText(node, 'name')) };
      default:
        return functionHead(node);
    }
  },
};

/** A function has its own name, or that of what it is assigned to. */
function functionHead(node: Node): ScopeHead {
  const own = fieldText(node, 'name');
  if (own !== null) return { kind: 'function', name: own };
  const { parent } = node;
  switch (parent?.type ?? '') {
    case 'variable_declarator':
      return { kind: 'function', name: plainName(fieldText(parent, 'name')) };
    case 'pair':
      return { kind: 'function', name: plainName(fieldText(parent, 'key')) };
    case 'field_definition':
      return { kind: 'method', name: plainName(fieldText(parent, 'property')) };
    case 'public_field_definition':
      return { kind: 'method', name: plainName(fieldText(parent, 'name')) };
    case 'assignment_expression':
      return assignedHead(fieldText(parent, 'left') ?? '');
    default:
      return { kind: 'function', name: null };
  }
}

/** `exports.total`, `module.exports.total` and `Cart.prototype.total` name what they hold. */
function assignedHead(left: string): ScopeHead {
  const method = /([\w$]+)\.prototype\.([\w$]+)$/.exec(left);
  if (method !== null) return { kind: 'method', name: method[2] ?? null, owner: method[1] ?? '' };
  return { kind: 'function', name: plainName(left.split('.').at(-1) ?? null) };
}

/** Null for a destructuring pattern, a computed key, or a text that is no name. */
function plainName(text: string | null): string | null {
  const name = text?.replace(/^(['"])(.*)\1$/, '$2') ?? '';
  return /^#?[\p{L}_$][\p{L}\d_$-]*$/u.test(name) ? name : null;
}
