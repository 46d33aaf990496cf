import { isTestFile, testedName } from '../../domain/test-file.ts';
import { wordsOf } from '../../domain/words.ts';
import type { Scope } from '../../ports/syntax.ts';
import { bareName, type Code, enclosingScope } from './code.ts';
import { ownerOf } from './defined-as.ts';
import type { Surroundings } from './reach.ts';
import type { Spot } from './spot.ts';
import { TESTED } from './weights.ts';

/** `it('takes a voucher', ...)`, `test "takes a voucher" do`, `t.Run("x", ...)`. */
const BEGINS = /^\s*(?:await )?(?:\w+\.)?(?:it|test|specify|example|scenario|should|Run|subTest)\b/;

/** The test around a line that is written as a block, such as `it('...', () => {`; null where it is a function, or no test. */
export async function testBlock(file: string, line: number, code: Code): Promise<Surroundings | null> {
  if (!isTestFile(file)) return null;
  const scopes = code.index.outlines.get(file)?.scopes ?? [];
  const around = enclosingScope(code, file, line);
  const blocks = code.index.outlines.get(file)?.blocks ?? [];
  const within = blocks.filter(
    ({ from, to }) => from <= line && line <= to && (around === null || from > around.from),
  );
  const lines = (await code.repository.read(file))?.split('\n') ?? [];
  const block = within.findLast(({ from }) => BEGINS.test(lines[from - 1] ?? ''));
  const scope = around ?? scopes[0];
  return block === undefined || scope === undefined ? null : { scope, ...block };
}

/** How much likelier than others a test means a function, by their names. */
export type Likeness = (file: string, scope: Scope) => number;

/** By the names of the tests that these places are in; 1 for all where the evidence names other code. */
export async function likenessToTests(spots: readonly Spot[], code: Code): Promise<Likeness> {
  const tests = spots.filter(({ file }) => isTestFile(file));
  if (tests.length === 0 || tests.length < spots.length) return () => 1;
  const files = new Set(tests.map(({ file }) => testedName(file)));
  const titles = await Promise.all(tests.map((spot) => titleOf(spot, code)));
  const words = titles.flatMap(wordsOf).map(stemOf);
  return (file, scope) => {
    const own = wordsOf(bareName(scope.name)).map(stemOf);
    const stem = code.modules.get(file)?.stem.replaceAll(/[^\p{L}\d]/gu, '') ?? '';
    const isOfFile = files.has(stem) || files.has(ownerOf(scope));
    const isNamed = own.length > 0 && own.every((word) => words.includes(word));
    return (isOfFile ? TESTED.file : 1) * (isNamed ? TESTED.name : 1);
  };
}

/** What a test calls itself. */
async function titleOf({ file, line, symbol }: Spot, code: Code): Promise<string> {
  const block = await testBlock(file, line, code);
  const lines = (await code.repository.read(file))?.split('\n') ?? [];
  const scope = enclosingScope(code, file, line);
  return [scope?.name ?? symbol ?? '', block === null ? '' : (lines[block.from - 1] ?? '')].join(' ');
}

/** `discounts`, `discounted` and `discounting` begin alike. */
function stemOf(word: string): string {
  return word.slice(0, 5);
}
