import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Routine } from '../dialect.ts';
import { importedNames, type Neighbour, wordsIn } from '../tests/neighbour.ts';
import { aboveOf, nodesIn } from '../tree.ts';

const GLOBALS = new Set(
  'URLSearchParams URL Map Set Date Number String Array Object Math JSON Infinity NaN undefined dict list set int str float range len tuple'.split(
    ' ',
  ),
);

/** What an existing test hands to a routine, as written; null for an argument that only makes sense within that test. */
export function seedsOf(routine: Routine, neighbour: Neighbour | null): readonly (string | null)[] {
  if (neighbour === null || !neighbour.isOfModule) return [];
  const { reading } = neighbour.dialect;
  const known = importedNames(neighbour);
  for (const node of nodesIn(neighbour.root)) {
    const meaning = reading.meaning(node);
    if (meaning.is !== 'call' || meaning.name !== routine.name) continue;
    if (meaning.args.length < routine.parameters.filter(({ hasDefault }) => !hasDefault).length) continue;
    const args = meaning.args.map((arg) => settled(arg, neighbour));
    const whole = args.map((arg) => (arg !== null && isWhole(arg, known) ? arg.text : null));
    if (whole.some((text) => text !== null)) return whole;
  }
  return [];
}

/** A name stands for what it was given, just before and once. */
function settled(arg: SyntaxNode, { dialect, root }: Neighbour): SyntaxNode | null {
  const meaning = dialect.reading.meaning(arg);
  if (meaning.is !== 'name') return arg;
  const within = [...aboveOf(arg)].find((node) => /body|block$/.test(node.type)) ?? root;
  const given = [...nodesIn(within)].flatMap((node) => {
    const set = dialect.reading.meaning(node);
    return set.is === 'assign' && set.target.text === meaning.name && set.operator === '=' ? [set.value] : [];
  });
  return given.length === 1 ? (given[0] ?? null) : null;
}

function isWhole(node: SyntaxNode, known: ReadonlySet<string>): boolean {
  return node.line === node.lastLine && wordsIn(node).every((word) => known.has(word) || GLOBALS.has(word));
}
