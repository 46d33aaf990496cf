/** Where the code of one line begins and ends, as offsets in the text; `line` is 1-based. */
export interface CodeLine {
  readonly line: number;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Lines that hold code, for tools that measure ranges: not blank, not only brackets or a comment. Knows `//` and
 * block comments that begin a line (JavaScript, Go); a line with code before its comment is code.
 */
export function codeLines(text: string): readonly CodeLine[] {
  const found: CodeLine[] = [];
  let offset = 0;
  let inComment = false;
  for (const [index, whole] of text.split('\n').entries()) {
    const shown = whole.trim();
    const start = offset + whole.length - whole.trimStart().length;
    offset += whole.length + 1;
    const opens: boolean = !inComment && shown.startsWith('/*');
    const isComment = inComment || opens;
    if (isComment) inComment = !shown.slice(opens ? 2 : 0).includes('*/');
    if (!isComment && !shown.startsWith('//') && /[\p{L}\p{N}_$]/u.test(shown))
      found.push({ line: index + 1, start, end: start + shown.length });
  }
  return found;
}
