import { type Dialect, fieldText } from '../dialect.ts';

export const ruby: Dialect = {
  roles: {
    module: 'scope',
    class: 'scope',
    method: 'scope',
    singleton_method: 'scope',
    lambda: 'scope',
    call: 'call',
    argument_list: 'arguments',
    block: 'block',
    do_block: 'block',
    string: 'string',
    heredoc_body: 'string',
    regex: 'pattern',
    string_content: 'text',
    heredoc_content: 'text',
    escape_sequence: 'text',
    interpolation: 'hole',
    pair: 'pair',
  },
  headOf(node) {
    switch (node.type) {
      case 'module':
      case 'class':
        return { kind: 'class', name: fieldText(node, 'name')?.replaceAll('::', '.') ?? null };
      case 'lambda':
        return { kind: 'function', name: null };
      default:
        return { kind: 'method', name: fieldText(node, 'name') };
    }
  },
};
