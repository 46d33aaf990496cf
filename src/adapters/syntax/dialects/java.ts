import { type Dialect, fieldText } from '../dialect.ts';

export const java: Dialect = {
  roles: {
    class_declaration: 'scope',
    interface_declaration: 'scope',
    record_declaration: 'scope',
    enum_declaration: 'scope',
    annotation_type_declaration: 'scope',
    method_declaration: 'scope',
    constructor_declaration: 'scope',
    compact_constructor_declaration: 'scope',
    lambda_expression: 'scope',
    method_invocation: 'call',
    object_creation_expression: 'call',
    explicit_constructor_invocation: 'call',
    annotation: 'call',
    marker_annotation: 'call',
    argument_list: 'arguments',
    annotation_argument_list: 'arguments',
    throw_statement: 'throw',
    assert_statement: 'throw',
    string_literal: 'string',
    string_fragment: 'text',
    multiline_string_fragment: 'text',
    escape_sequence: 'text',
    string_interpolation: 'hole',
    element_value_pair: 'pair',
    import_declaration: 'import',
  },
  headOf(node) {
    if (node.type === 'lambda_expression') return { kind: 'function', name: null };
    const name = fieldText(node, 'name');
    return METHODS.has(node.type) ? { kind: 'method', name } : { kind: 'class', name };
  },
};

const METHODS = new Set(['method_declaration', 'constructor_declaration', 'compact_constructor_declaration']);
