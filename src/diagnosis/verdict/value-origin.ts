import type { CodeLocation } from '../../domain/diagnosis.ts';

/** Where a value came from, as far as the lines above tell. */
export type ValueOrigin =
  /** The caller handed it in. */
  | { readonly by: 'parameter'; readonly name: string; readonly line: number }
  /** A call in the same function gave it. */
  | { readonly by: 'call'; readonly name: string; readonly line: number; readonly call: string }
  | { readonly by: 'unknown' };

/** A function that is longer is not looked through. */
const MOST_LINES = 120;
/** Lines that a list of parameters may take. */
const MOST_PARAMETER_LINES = 8;

/**
 * Follows the first name of an expression up the lines of its function: to where it is set, or to the parameters. Read by
 * how assignments and definitions look, which is alike in the six languages; what looks like neither is unknown.
 */
export function originOf(expression: string, place: CodeLocation, lines: readonly string[]): ValueOrigin {
  const name = /^[A-Za-z_$][\w$]*/.exec(expression)?.[0];
  const symbol = place.symbol?.split('.').at(-1);
  if (name === undefined || symbol === undefined || FIELD_OF.has(name)) return { by: 'unknown' };
  for (let line = place.line; line > Math.max(0, place.line - MOST_LINES); line -= 1) {
    const text = lines[line - 1] ?? '';
    const parameters = parametersAt(line, symbol, lines);
    if (parameters !== null) {
      return hasName(parameters, name) ? { by: 'parameter', name, line } : { by: 'unknown' };
    }
    const set = line === place.line ? null : valueSetIn(text, name);
    if (set !== null) return originIn(set, name, line);
  }
  return { by: 'unknown' };
}

function originIn(set: string, name: string, line: number): ValueOrigin {
  const call = /[\w$.]*[\w$](?=\()/.exec(set)?.[0];
  return call === undefined ? { by: 'unknown' } : { by: 'call', name, line, call };
}

const FIELD_OF = new Set(['this', 'self', 'super', 'cls']);

/** What stands right of `name =` or `name :=`; also of `value, err :=`. */
function valueSetIn(text: string, name: string): string | null {
  const set = new RegExp(
    String.raw`^\s*(?:(?:const|let|var|final|auto|[A-Z][\w<>\[\], ]*)\s+)?[\[{(]?(?:[\w$]+,\s*)*${plain(name)}(?:\s*,\s*[\w$]+)*[\]})]?(?:\s*:[^=]{1,60})?\s*:?=(?![=>~])\s*(.+)$`,
  ).exec(text);
  return set?.[1] ?? null;
}

/** The parameters of the function `symbol` where this line begins its definition; null where it does not. */
function parametersAt(line: number, symbol: string, lines: readonly string[]): string | null {
  const name = plain(symbol);
  const text = lines[line - 1] ?? '';
  const defined = [
    String.raw`\b(?:def|function\*?|func)\s+(?:\([^)]*\)\s*)?(?:self\.)?${name}\s*(?:<[^>]*>|\[[^\]]*\])?\s*`,
    String.raw`\b(?:const|let|var)\s+${name}\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\*?\s*)?`,
    String.raw`^\s*(?:[\w<>\[\],.?@]+\s+)*${name}\s*(?:<[^>]*>)?(?=\()(?!.*;\s*$)`,
    String.raw`^\s*${name}\s*[:=]\s*(?:async\s*)?(?:function\*?\s*)?(?=\(|[\w$]+\s*=>)`,
  ];
  const start = defined.map((form) => new RegExp(form).exec(text)).find((match) => match !== null);
  if (start === undefined || CALLS.test(text)) return null;
  const rest = [text.slice(start.index + start[0].length), ...lines.slice(line, line + MOST_PARAMETER_LINES)];
  return balanced(rest.join('\n'));
}

/** A statement that calls the function, not the place where it is defined. */
const CALLS = /^\s*(?:return|await|yield|throw|if|while|for|raise|else|new|go|defer)\b/;

/** What stands in the first parentheses; a bare name before `=>`, and the words after a `def` without any. */
function balanced(text: string): string {
  if (!text.trimStart().startsWith('(')) return /^[^\n]*/.exec(text)?.[0] ?? '';
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth === 0) return text.slice(0, index + 1);
  }
  return text;
}

function hasName(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<![\w$.])${plain(name)}(?![\w$])`).test(text);
}

function plain(name: string): string {
  return name.replaceAll('$', String.raw`\$`);
}
