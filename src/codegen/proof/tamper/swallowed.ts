import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { named, tokens, touches, walk } from '../syntax-walk.ts';
import { codeWords } from '../words.ts';

/**
 * A place where the change hides an error instead of handling it: it catches everything (or the fault's own error) and
 * neither looks at it nor passes it on. Null when there is none. Catching one class of error with an answer of its own,
 * or a failed parse, is a fix.
 */
export function swallowedIn(
  root: SyntaxNode,
  changed: ReadonlySet<number>,
  errorType: string | null,
): string | null {
  for (const node of walk(root)) {
    if (!touches(node, changed)) continue;
    const how = handlerWords(node, errorType) ?? inlineWords(node);
    if (how !== null) return `${how} (line ${node.line}: ${codeWords(node.text)})`;
  }
  return null;
}

const HANDLERS = /^(catch_clause|except_clause|except_group_clause|rescue)$/;

function handlerWords(node: SyntaxNode, errorType: string | null): string | null {
  if (!HANDLERS.test(node.type) || !node.isNamed) return null;
  const { classes, variable, body } = handlerOf(node);
  const isEmpty = isIdle(body);
  const isBroad = classes.length === 0 || classes.some((name) => BROAD.test(name));
  const isOwn = classes.some((name) => name === errorType?.split('.').at(-1));
  if (isEmpty && (isBroad || isOwn)) return 'an error is caught and dropped';
  if (!isBroad || isParse(node.parent) || (body !== null && usesError(body, variable))) return null;
  return 'every error is caught, and none is looked at or passed on';
}

function isIdle(body: SyntaxNode | null): boolean {
  return body === null || named(body).every((one) => IDLE.test(one.type) || /^(\.\.\.|nil)$/.test(one.text));
}

interface Handler {
  readonly classes: readonly string[];
  readonly variable: string | null;
  readonly body: SyntaxNode | null;
}

const BLOCKS = /^(block|statement_block|then)$/;
const BROAD = /^(Exception|BaseException|Throwable|Error|StandardError|RuntimeException|Object)$/;
const IDLE = /^(pass_statement|empty_statement|nil|null|comment)$/;

/** What it catches, what it calls it, and what it does. */
function handlerOf(node: SyntaxNode): Handler {
  const body = named(node).find((one) => BLOCKS.test(one.type)) ?? null;
  const head = named(node).filter((one) => one !== body);
  const words = head.flatMap((one) => [...tokens(one)]).filter(({ text }) => /^\w+$/.test(text));
  const classes = words.map(({ text }) => text).filter((text) => /^[A-Z]\w*$/.test(text));
  const variable = words
    .map(({ text }) => text)
    .findLast((text) => /^[a-z_]\w*$/.test(text) && text !== 'as');
  return { classes, variable: variable ?? null, body };
}

/** It is handed on, logged, or asked what it is. */
function usesError(body: SyntaxNode, variable: string | null): boolean {
  const words = [...tokens(body)].map(({ text }) => text);
  return words.some((word) => word === variable || /^(throw|raise|rethrow|panic|reject)$/.test(word));
}

/** Where the language has no other way to ask whether a text can be read. */
const PARSES =
  /^\{?\s*(return|(const|let|var|final)?\s*[\w.: ]+\s*=)?\s*(await\s+)?(JSON\.parse|new\s+(URL|RegExp|Date)|decodeURI(Component)?|BigInt|structuredClone|atob|JSON\.load|URI\.parse|Date\.parse|Integer|Float|json\.loads)\b[^;\n]*;?\s*\}?$/;

function isParse(around: SyntaxNode | null): boolean {
  const body = around?.field('body') ?? null;
  return body !== null && PARSES.test(body.text.trim());
}

const EVERYTHING =
  /^(process\.(on|once)\(\s*['"](uncaughtException|unhandledRejection)|sys\.excepthook|Thread\.setDefaultUncaughtExceptionHandler|window\.onerror)/;
const DROPPED_PROMISE =
  /\.catch\(\s*(async\s*)?(function\s*)?\(?\w*\)?\s*(=>)?\s*(\{\s*(return\s*(null|undefined|\[\]|\{\}|''|""|0|false)?;?)?\s*\}|null|undefined|\(\{\}\)|\[\]|''|""|0|false)\s*\)$/;

/** Forms without a handler of their own. */
function inlineWords(node: SyntaxNode): string | null {
  if (node.type === 'rescue_modifier') return 'every error is caught by a `rescue` at the end of the line';
  if (!/call|method_invocation|assignment/.test(node.type)) return null;
  if (EVERYTHING.test(node.text)) return 'errors of the whole process are caught';
  if (DROPPED_PROMISE.test(node.text)) return 'a rejection is caught and dropped';
  if (/^(contextlib\.)?suppress\(/.test(node.text)) return 'errors are suppressed';
  if (
    /^func\b[^]*\brecover\(\)/.test(node.text) &&
    !/\b(panic|err\w* =|log|errors\.|fmt\.)/.test(node.text)
  ) {
    return 'a panic is recovered from and dropped';
  }
  return null;
}
