import { describe, expect, it } from 'vitest';
import { flowInto } from '../../../../src/diagnosis/locate/flow-into.ts';
import { missingNames, missingValueIn } from '../../../../src/diagnosis/locate/missing-value.ts';

const flowOf = (source: string, line: number, message: string, callLine: number) =>
  flowInto(line, message, source.split('\n'), 1).of({ name: 'f', line: callLine });

describe('what an error says of a missing value', () => {
  it.each([
    [
      "Cannot read properties of undefined (reading 'percent')",
      'return total - voucher.percent;',
      ['voucher'],
    ],
    ["'NoneType' object has no attribute 'percent'", '    return voucher.percent + cart.total', ['voucher']],
    ["undefined method `percent' for nil:NilClass", '    total - voucher.percent', ['voucher']],
    ["'NoneType' object is not subscriptable", '    return voucher["percent"]', ['voucher']],
    [
      'Cannot invoke "shop.Voucher.percent()" because "<local1>" is null',
      'return total - voucher.percent();',
      ['voucher'],
    ],
  ])('%s', (message, line, names) => {
    const missing = missingValueIn(message);
    expect(missing && missingNames(line, missing)).toEqual(names);
  });

  it('names what returned it, in Java', () => {
    const message =
      'Cannot invoke "java.lang.Integer.intValue()" because the return value of "shop.Vouchers.find(String)" is null';
    expect(missingValueIn(message)?.returnedBy).toBe('Vouchers.find');
  });

  it('is nothing for other errors', () => {
    expect(missingValueIn('invalid literal for int() with base 10')).toBeNull();
  });
});

describe('where a value came from', () => {
  const READ = "Cannot read properties of null (reading 'percent')";

  it('is told of the call that made the missing one, through other names', () => {
    const source =
      'const found = find(code);\nconst all = total();\nconst { rate: voucher } = found;\nreturn all - voucher.percent;';
    expect(flowOf(source, 4, READ, 1)).toBe('missing');
    expect(flowOf(source, 4, READ, 2)).toBe('feeds');
  });

  it('is not told of a call whose value is not used there', () => {
    expect(flowOf('const other = find(code);\nreturn voucher.percent;', 2, READ, 1)).toBeNull();
  });

  it.each([
    [
      'python',
      'voucher = find(code)\nreturn voucher.percent',
      "'NoneType' object has no attribute 'percent'",
    ],
    ['ruby', 'vouchers.each do |voucher|\n  voucher.percent', "undefined method `percent' for nil"],
    ['go', 'voucher, err := find(code)\nreturn voucher.Percent', 'nil pointer dereference'],
    ['java', 'Voucher voucher = find(code);\nreturn voucher.percent();', 'Cannot invoke "Voucher.percent()"'],
  ])('reads assignments of %s', (_, source, message) => {
    expect(flowOf(source, 2, message, 1)).toBe('missing');
  });

  it('is told of what sets the member of an object', () => {
    const source = 'constructor() {\n  this.voucher = null;\n}\npay() {\n  return this.voucher.percent;\n}';
    expect(flowInto(5, READ, source.split('\n'), 4).fields).toEqual([2]);
  });
});
