import { type Dialect, fieldText } from '../dialect.ts';

export const go: Dialect = {
  roles: {
    function_declaration: 'scope',
    method_declaration: 'scope',
    func_literal: 'scope',
    call_expression: 'call',
    argument_list: 'arguments',
    interpreted_string_literal: 'string',
    raw_string_literal: 'string',
    interpreted_string_literal_content: 'text',
    raw_string_literal_content: 'text',
    escape_sequence: 'text',
    keyed_element: 'pair',
    import_spec: 'import',
  },
  headOf(node) {
    const name = fieldText(node, 'name');
    const receiver = fieldText(node, 'receiver');
    if (receiver === null) return { kind: 'function', name };
    // `(s *Server[T])` belongs to `Server`.
    const owner = /([\p{L}_][\p{L}\d_]*)\s*(?:\[[^\]]*\])?\s*\)$/u.exec(receiver)?.[1];
    return { kind: 'method', name, ...(owner === undefined ? {} : { owner }) };
  },
};
