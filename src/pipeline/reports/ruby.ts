import type { Frame, StackTrace } from '../../domain/trace.ts';
import { draft, traceOf } from '../traces/lines.ts';
import { rubyFrame } from '../traces/ruby.ts';
import { blocksOf } from './blocks.ts';

/** `  1) Cart takes a voucher` of RSpec, `  1) Failure:` of minitest, `Failure: test_x(CartTest)` of test-unit, Rails' own. */
const FAILURE = /^ {1,4}\d{1,5}\) \S|^(?:Failure|Error)(?:: .*|:)$/;
/** RSpec's frames are comments. */
const FRAME = /^\s*(?:# )?(\S.*:\d{1,9}(?::in [`'].*)?)$/;
/** `CartTest#test_discount [test/cart_test.rb:11]:` */
const ASSERTED = /^\s*(\w[\w:]*#\S+) \[(.{1,500}):(\d{1,9})\]:?/;
const ERROR = /^\s*((?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception|Mismatch|[a-z]\w*)):(?: (.*))?$/;

/** Failures as RSpec, minitest and test-unit print them. */
export function rubyFailures(lines: readonly string[]): readonly StackTrace[] {
  return blocksOf(lines, FAILURE).flatMap((block) => failureOf(block) ?? []);
}

function failureOf(block: readonly string[]): StackTrace | null {
  const frames = block.slice(1).flatMap(framesOn);
  if (frames.length === 0) return null;
  const [type = 'Failure', text = ''] = errorOf(block);
  const made = draft(type, text);
  made.frames.push(...frames);
  return traceOf('ruby', made);
}

function errorOf(block: readonly string[]): readonly string[] {
  const at = block.findIndex(
    (line) => ERROR.test(line) && !/^\s*(?:Expected|Actual|Failure|Error):/.test(line),
  );
  const [, type = '', text = block[at + 1] ?? ''] = ERROR.exec(block[at] ?? '') ?? [];
  return at === -1 ? [] : [type, text.trim()];
}

function framesOn(line: string): readonly Frame[] {
  const [, symbol, file, row] = ASSERTED.exec(line) ?? [];
  if (file !== undefined) {
    return [{ file, line: Number(row), column: null, symbol: symbol ?? null, inApp: true }];
  }
  const place = FRAME.exec(line)?.[1];
  const frame = place === undefined || !/\.\w+:\d/.test(place) ? null : rubyFrame(place);
  return frame === null ? [] : [frame];
}
