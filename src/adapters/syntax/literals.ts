/** Stands in a literal's text for what is put in at run time. */
export const HOLE = '\u0000';

/** A string of the source. */
export interface Literal {
  /** Its constant text, with `HOLE` for embedded expressions. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Key of the pair, property or named argument that it is the value of. */
  readonly key: string | null;
}

const ESCAPE = /\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^])/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** With what its escape sequences stand for; those that encode a character are holes. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(ESCAPE, ([, after = '', ...more]) =>
    more.length > 0 ? HOLE : (ESCAPED[after] ?? after),
  );
}

/**
 * Places that a formatter fills: `%s`, `%-8.2f`, `%(name)s`, `%{name}` (printf, also Python's and Ruby's), `{}`, `{0}`,
 * `{name!r:>8}` (str.format, SLF4J, Serilog), `:name` is none of them.
 */
const PLACEHOLDER =
  /%(?:\(\w+\)|<\w+>)?[-+ #0]*(?:\d+\$)?(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|L|z|j|t)?[a-zA-Z]|%\{\w+\}|\{[\w.[\]]*(?:![rsa])?(?::[^{}\n]{0,20})?\}/g;

/** The constant parts of a text, in order, between holes and placeholders; those without a letter are left out. */
export function partsOf(text: string): readonly string[] {
  return text
    .replaceAll(PLACEHOLDER, HOLE)
    .split(HOLE)
    .filter((part) => /\p{L}/u.test(part));
}
