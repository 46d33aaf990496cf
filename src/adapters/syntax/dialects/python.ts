import { type Dialect, fieldText } from '../dialect.ts';

export const python: Dialect = {
  roles: {
    class_definition: 'scope',
    function_definition: 'scope',
    lambda: 'scope',
    call: 'call',
    argument_list: 'arguments',
    raise_statement: 'throw',
    assert_statement: 'throw',
    string: 'string',
    string_content: 'text',
    interpolation: 'hole',
    keyword_argument: 'pair',
    pair: 'pair',
    expression_statement: 'statement',
    decorator: 'decorator',
    import_statement: 'import',
    import_from_statement: 'import',
  },
  headOf(node) {
    if (node.type === 'class_definition') return { kind: 'class', name: fieldText(node, 'name') };
    return { kind: 'function', name: fieldText(node, 'name') };
  },
};
