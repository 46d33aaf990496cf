/** What can be told of source text without parsing it: which function a line belongs to, and how far that reaches. */

const DEFINITIONS = [
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)/,
  /^\s*(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]+)?=>|[A-Za-z_$][\w$]*\s*=>)/,
  /^\s*(?:async\s+)?def\s+([A-Za-z_]\w*)/,
  /^\s*(?:public\s+|private\s+|protected\s+|static\s+|async\s+|get\s+|set\s+)*(?!if\b|for\b|while\b|switch\b|catch\b|return\b)([A-Za-z_$#][\w$]*)\s*\([^()]*\)\s*(?::\s*[^{]+)?\{\s*$/,
  /^func\s+(?:\([^)]*\)\s*)?([A-Za-z_]\w*)/,
];

export interface Definition {
  readonly symbol: string;
  /** 1-based, inclusive. */
  readonly from: number;
  readonly to: number;
}

/** Name of the function that a line defines. */
export function definedOn(text: string): string | null {
  for (const pattern of DEFINITIONS) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** The innermost function around a line, by indentation; null at the top level. */
export function enclosing(lines: readonly string[], line: number): Definition | null {
  const own = indentOf(lines[line - 1] ?? '');
  for (let at = line; at >= 1; at -= 1) {
    const text = lines[at - 1] ?? '';
    const symbol = definedOn(text);
    if (symbol === null || (at !== line && indentOf(text) >= own && own > 0)) continue;
    const definition = { symbol, from: at, to: endOf(lines, at) };
    if (definition.to >= line) return definition;
  }
  return null;
}

/** Last line of the block that begins at `from`: the next line at its own depth or less that closes or follows it. */
export function endOf(lines: readonly string[], from: number): number {
  const own = indentOf(lines[from - 1] ?? '');
  for (let at = from + 1; at <= lines.length; at += 1) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '' || indentOf(text) > own) continue;
    if (/^\s*[)\]]/.test(text) && !/^\s*[)\]}]+;?\s*$/.test(text)) continue; // `) {` of a long signature
    return /^\s*[}\])]/.test(text) || /^\s*end\b/.test(text) ? at : at - 1;
  }
  return lines.length;
}

/** A few numbered lines around `line`, with a mark before it. */
export function excerptOf(lines: readonly string[], line: number, around = 3): string {
  const from = Math.max(1, line - around);
  const to = Math.min(lines.length, line + around);
  const width = String(to).length;
  return lines
    .slice(from - 1, to)
    .map(
      (text, i) =>
        `${from + i === line ? '>' : ' '} ${String(from + i).padStart(width)} | ${text.slice(0, 160)}`,
    )
    .join('\n');
}

/** Tests, documents and generated code: seldom where a fault of the running service lies. */
export function isAside(file: string): boolean {
  return (
    /(^|\/)(tests?|__tests__|spec|specs|fixtures?|docs?|examples?|coverage|dist|build|vendor)\//i.test(
      file,
    ) ||
    /\.(test|spec)\.[a-z]+$|_test\.(go|py)$|(^|\/)test_[^/]*\.py$|\.(md|lock|json|ya?ml|txt|snap|map|min\.js)$/i.test(
      file,
    )
  );
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
