import { describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../../../src/adapters/syntax/parser.ts';
import { propose } from '../../../../src/codegen/repair/propose.ts';
import type { StackTrace } from '../../../../src/domain/trace.ts';

type Texts = Readonly<Record<string, string>>;

const PARSER = treeSitterParser();

function proposed(
  files: Texts,
  file: string,
  line: number,
  trace: Pick<StackTrace, 'language' | 'errorType' | 'message'>,
) {
  const suspect = { file, line, symbol: null, score: 1, why: '', excerpt: null };
  const fault = { message: null, trace: { ...trace, frames: [], cause: null }, suspects: [suspect] };
  const tree = { files: async () => Object.keys(files), read: async (path: string) => files[path] ?? null };
  return propose(fault, tree, PARSER);
}

const python = (errorType: string, message = '') => ({ language: 'python' as const, errorType, message });

describe('propose', () => {
  it('gives what the other guards of the function give, and a test that says so', async () => {
    const code =
      'def mean(values):\n    if values is None:\n        return 7\n    return sum(values) / len(values)\n';
    const { proposals } = await proposed({ 'mean.py': code }, 'mean.py', 4, python('ZeroDivisionError'));
    expect(proposals[0]?.source.text).toContain('    if len(values) == 0:\n        return 7\n    return sum');
    expect(proposals[0]?.test.text).toContain('assert mean([]) == 7');
  });

  it('puts what is missing into what an existing test hands to the caller that a test can reach', async () => {
    const files = {
      'src/label.js':
        'export function label(orders) {\n  return lines(orders[0]);\n}\nfunction lines(order) {\n  return [order.id, order.address.city];\n}\n',
      'src/orders.js': 'export const makeOrders = () => [{ id: 1, address: { city: "Paris" } }];\n',
      'test/label.test.js':
        "import { test } from 'node:test';\nimport { label } from '../src/label.js';\nimport { makeOrders } from '../src/orders.js';\ntest('labels', () => label(makeOrders()));\n",
    };
    const trace = {
      language: 'javascript' as const,
      errorType: 'TypeError',
      message: "Cannot read properties of null (reading 'city')",
    };
    const { proposals } = await proposed(files, 'src/label.js', 5, trace);
    expect(proposals[0]?.source.text).toContain('if (order.address == null) return [order.id];');
    expect(proposals[0]?.test.text).toContain('for (const each of orders) each.address = null;');
  });

  it('catches only the error of text that cannot be read', async () => {
    const code = 'import json\ndef read(text):\n    data = json.loads(text)\n    return data["a"]\n';
    const { proposals } = await proposed(
      { 'read.py': code },
      'read.py',
      3,
      python('json.decoder.JSONDecodeError', 'Expecting value'),
    );
    expect(proposals[0]?.source.text).toContain('except json.JSONDecodeError:\n        return None');
  });

  it('changes nothing, and says why, where no input is known that brings the crash about', async () => {
    const code = 'import os\ndef port():\n    return os.environ["PORT"]\n';
    const found = await proposed({ 'port.py': code }, 'port.py', 3, python('KeyError', "'PORT'"));
    expect(found).toEqual({ proposals: [], why: expect.stringMatching(/^(nothing at|no input)/) });
  });

  it('says so of an error that has no known shape', async () => {
    const found = await proposed(
      { 'a.py': 'def a():\n    raise E()\n' },
      'a.py',
      2,
      python('PermissionError', 'denied'),
    );
    expect(found).toEqual({ proposals: [], why: 'no local repair is known for PermissionError' });
  });
});
