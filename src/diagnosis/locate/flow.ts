/** Lines further up say little. */
const MOST_LINES = 200;
const STRINGS = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/\/.*$|(?<=^|\s)#\s.*$/gm;
/** What stands left of an assignment, in all languages: `const { a, b: c } =`, `a, err :=`, `for x in`, `Item item =`. */
const ASSIGNED =
  /^\s*(?:(?:export|const|let|var|val|final|static|auto)\s+)*([\w$@.,:<>[\]?{}*& ]{1,200}?)\s*(?::=|(?:[-+*/|&%?]{0,2}|\|\||&&|\/\/)=(?![=>~]))\s*(\S.*)$/;
const LOOP =
  /^\s*(?:async\s+)?(?:for|foreach|with|each)\b\s*(?:await\s*)?\(?\s*(.*?)\s(?:in|of|:=\s*range|as)\s(.*)$/;
const BLOCK = /^(.*?)\s*(?:do|\{)\s*\|([^|]{1,100})\|/;
const NAME = /[A-Za-z_$@][\w$]*/g;
const KEYWORDS = new Set(
  'return if else while for await async new typeof not and or in is of throw raise yield const let var this self nil null None true false'.split(
    ' ',
  ),
);

/**
 * Lines that make `names` as they are at line `at` of a function that begins at `from`, both 1-based: the assignments above it,
 * and those of what they use in turn. A backward slice as far as single lines tell.
 */
export function feedingLines(
  names: readonly string[],
  lines: readonly string[],
  { from, at }: { readonly from: number; readonly at: number },
): ReadonlySet<number> {
  const wanted = new Set(names);
  const feeding = new Set<number>();
  for (let line = at - 1; line > Math.max(from - 1, at - MOST_LINES); line -= 1) {
    const made = assignmentIn(lines[line - 1] ?? '');
    if (made === null || !namesIn(made.to).some((name) => wanted.has(name))) continue;
    feeding.add(line);
    for (const name of namesIn(made.of)) wanted.add(name);
  }
  return feeding;
}

interface Assignment {
  readonly to: string;
  readonly of: string;
}

function assignmentIn(text: string): Assignment | null {
  const line = withoutStrings(text);
  const [, looped, over] = LOOP.exec(line) ?? [];
  if (looped !== undefined && over !== undefined) return { to: looped, of: over };
  const [, each, given] = BLOCK.exec(line) ?? [];
  if (each !== undefined && given !== undefined) return { to: given, of: each };
  const [, to, of] = ASSIGNED.exec(line) ?? [];
  return to === undefined || of === undefined ? null : { to, of };
}

function withoutStrings(text: string): string {
  return text.slice(0, 500).replaceAll(STRINGS, "''");
}

/** Variables and members in a line of code. */
export function namesIn(text: string): readonly string[] {
  return (withoutStrings(text).match(NAME) ?? []).filter((name) => name.length > 1 && !KEYWORDS.has(name));
}
