import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { ancestors, tokens } from '../syntax-walk.ts';

/** A line of an existing test that is no longer there. */
export interface LostLine {
  readonly text: string;
  /** It is there, but stands in a branch, a loop, a `try` or a function that may never be run. */
  readonly moved: boolean;
}

/**
 * The first line of `before` that `after` no longer has at or behind its place: existing tests may only grow. Lines are
 * compared token by token, with what decides whether they run, so neither layout nor comments count.
 */
export function lostLine(before: SyntaxNode, after: SyntaxNode): LostLine | null {
  const [old, kept] = [codeLines(before), codeLines(after)];
  const gone = firstLost(old, kept);
  if (gone === null) return null;
  const isMoved = kept.some((line) => line.text === gone.text && line.within !== gone.within);
  return { text: gone.text, moved: isMoved };
}

/** The same for a text whose syntax is not known. */
export function lostTextLine(before: string, after: string): LostLine | null {
  const lines = (text: string) => text.split('\n').map((line) => ({ text: line.trim(), within: '' }));
  const gone = firstLost(lines(before).filter(isTelling), lines(after));
  return gone === null ? null : { text: gone.text, moved: false };
}

interface CodeLine {
  readonly text: string;
  /** Kinds of the branches, loops and functions around it, outer last. */
  readonly within: string;
}

function firstLost(old: readonly CodeLine[], kept: readonly CodeLine[]): CodeLine | null {
  let at = 0;
  for (const line of old) {
    const found = kept.findIndex(
      ({ text, within }, place) => place >= at && text === line.text && within === line.within,
    );
    if (found === -1) return line;
    at = found + 1;
  }
  return null;
}

const DECIDES =
  /^(if|elif|else|elsif|unless|case|when|switch|try|catch|except|rescue|ensure|finally|for|while|until|do|begin|with|select|conditional|ternary)(_|$)|function|^(method|lambda|block|do_block|func_literal)/;

function codeLines(root: SyntaxNode): readonly CodeLine[] {
  const lines = new Map<number, { text: string; within: string }>();
  for (const token of tokens(root)) {
    const line = lines.get(token.line);
    if (line === undefined) lines.set(token.line, { text: token.text, within: withinOf(token) });
    else line.text += ` ${token.text}`;
  }
  return [...lines.values()]
    .map(({ text, within }) => ({ text: text.replace(/[ ,;]+$/, ''), within }))
    .filter(isTelling);
}

function withinOf(token: SyntaxNode): string {
  const around = [...ancestors(token)].filter((node) => node.isNamed && DECIDES.test(node.type));
  return around.map((node) => node.type).join('<');
}

/** Imports, brackets and annotations of nothing may change. */
function isTelling({ text }: CodeLine): boolean {
  return /\w/.test(text) && !IMPORT.test(text) && !/^(\/\/|#|\*|\/\*)/.test(text);
}

const IMPORT =
  /^(import\b|from\s+\S+\s+import\b|(const|let|var)\s.+=\s*(await\s+import|require)\s*\(|} ?\s*from\s|require(_relative)?\s|package\s)/;
