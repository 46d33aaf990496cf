import type { Language } from '../../domain/trace.ts';
import { hunksOf } from '../line-diff.ts';
import type { Emission, Reason } from './emission.ts';
import type { Branch } from './grammar.ts';
import { indentAt, indentUnit, type Woven } from './woven.ts';

/** The branch with the signal in front of what it does; null where it is written in a way that leaves no room. */
export function weaveGuard(
  branch: Branch,
  texts: { readonly before: string; readonly after: string },
  language: Language,
  emission: Emission,
): Woven | null {
  const { after } = texts;
  const rethrow = branch.condition === null ? rethrowOf(branch, language) : '';
  const [first] = branch.statements;
  if (rethrow === null || first === undefined) return null;
  const emitted = emission.statement(reasonOf(branch, language));
  const isSpread = first.line > branch.node.line && !branch.isModifier;
  if (!isSpread && (branch.condition === null || !startsItsLine(branch, after))) return null;
  const parts = isSpread ? spreadParts(branch, after) : inlineParts(branch, after, language);
  const write = (statements: readonly string[]) =>
    `${parts.head}${statements.join(`\n${parts.indent}`)}${parts.tail}`;
  const kept = isSpread ? [after.slice(first.from, parts.end)] : branch.statements.map((one) => one.text);
  const put = (statements: readonly string[]) =>
    `${after.slice(0, branch.node.from)}${write(statements)}${after.slice(branch.node.to)}`;
  return {
    text: put([emitted, ...kept]),
    faulty:
      branch.condition === null ? put([emitted, rethrow]) : withoutTheFix(branch, texts, write([emitted])),
    emitted,
  };
}

/** What stands around the statements of a branch. */
interface Parts {
  readonly head: string;
  readonly indent: string;
  readonly tail: string;
  /** Where the last statement ends. */
  readonly end: number;
}

function spreadParts({ node, statements }: Branch, text: string): Parts {
  const from = statements[0]?.from ?? node.from;
  const end = statements.at(-1)?.to ?? node.to;
  return {
    head: text.slice(node.from, from),
    indent: indentAt(text, from),
    tail: text.slice(end, node.to),
    end,
  };
}

/** A branch of one line becomes one of several. */
function inlineParts({ node, body, condition, isModifier }: Branch, text: string, language: Language): Parts {
  const outer = indentAt(text, node.from);
  const indent = outer + (outer.startsWith('\t') ? '\t' : indentUnit(language));
  const keyword = node.type.startsWith('unless') ? 'unless' : 'if';
  const header =
    isModifier || language === 'ruby'
      ? `${keyword} ${condition?.text ?? ''}`
      : text.slice(node.from, body.from).trimEnd();
  const closing = language === 'ruby' ? `\n${outer}end` : language === 'python' ? '' : `\n${outer}}`;
  const opening = language === 'ruby' || language === 'python' ? '' : ' {';
  return { head: `${header}${opening}\n${indent}`, indent, tail: closing, end: node.to };
}

function startsItsLine({ node }: Branch, text: string): boolean {
  const start = text.lastIndexOf('\n', node.from - 1) + 1;
  return text.slice(start, node.from).trim() === '';
}

/** The base, with what the fix put in front of its guard, and the guard doing nothing but tell. */
function withoutTheFix(
  { node }: Branch,
  { before, after }: { readonly before: string; readonly after: string },
  guard: string,
): string {
  const lines = after.split('\n');
  const written: string[] = [];
  let at = 1;
  for (const { from, added, removed } of hunksOf(before, after)) {
    written.push(...lines.slice(at - 1, from - 1));
    at = from + added.length;
    if (node.line >= from && node.line < at) {
      written.push(...added.slice(0, node.line - from), `${indentAt(after, node.from)}${guard}`);
    }
    written.push(...removed);
  }
  return [...written, ...lines.slice(at - 1)].join('\n');
}

/** Null where the handler does not name what it caught. */
function rethrowOf(branch: Branch, language: Language): string | null {
  if (language === 'python' || language === 'ruby') return 'raise';
  const variable = caught(branch);
  return variable === null ? null : `throw ${variable};`;
}

function caught({ node, body }: Branch): string | null {
  const head = node.text.slice(0, body.from - node.from);
  return (
    /(\w+)\s*(?::\s*\w+\s*)?\)\s*$/.exec(head)?.[1] ?? /(?:\bas|=>)\s*(\w+)\s*:?\s*$/.exec(head)?.[1] ?? null
  );
}

function reasonOf(branch: Branch, language: Language): Reason {
  const { condition, node } = branch;
  if (condition === null) {
    const variable = caught(branch);
    return variable === null || language === 'typescript'
      ? { of: 'condition', text: 'an error was handled' }
      : { of: 'error', variable };
  }
  const said = condition.text.replace(/^\(([\s\S]*)\)$/, '$1');
  return { of: 'condition', text: node.type.startsWith('unless') ? `not ${said}` : said };
}
