import { wordsOf } from '../../domain/words.ts';
import type { Call, Outline, Printed, RouteSite, Scope } from '../../ports/syntax.ts';
import { partsOf } from './literals.ts';
import { printsAs } from './vocabulary/printing.ts';
import { writtenRoute } from './vocabulary/routes.ts';

/** Languages without a grammar that are read by their looks. */
const ENDINGS = new Set(
  'php cs kt kts scala groovy rs swift dart ex exs erl clj c h cc cpp hpp m mm lua pl pm vue svelte sh'.split(
    ' ',
  ),
);

export function looksLikeSource(file: string): boolean {
  return ENDINGS.has(file.slice(file.lastIndexOf('.') + 1));
}

const DEFINITIONS = [
  // function f, fn f, fun f, func f, def f, sub f, with what may stand before
  /^\s*(?:[\w<>()]+\s+){0,5}?(?:function|fn|fun|func|defp?|sub)\s+(?:[\w.<>]+\.)?&?([A-Za-z_]\w*[?!]?)/,
  /^\s*(?:export\s+)?(?:const|let|var|val)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>)/,
  // a method of a language with types: `public int Total(Cart cart) {`, `void f(int x)`
  /^\s*(?:(?:[\w:<>,*&[\]?]+)\s+[*&]*){1,5}([A-Za-z_]\w*)\s*\([^;]*$/,
];
const NO_DEFINITION =
  /^\s*(?:return|if|else|for|foreach|while|switch|case|catch|new|throw|await|using|\/\/|\*|#)\b/;
const CALL = /((?:[A-Za-z_$][\w$]*(?:\.|->|::))*[A-Za-z_$][\w$]*[!?]?)\s*\(/g;
const TEXT = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g;

interface Definition {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Functions by the look of their first line and by indentation; calls and texts line by line. */
export function textOutline(text: string): Outline {
  const lines = text.split('\n');
  const definitions = lines.flatMap((line, at): readonly Definition[] => {
    const name = definedOn(line);
    return name === null ? [] : [{ name, from: at + 1, to: endOf(lines, at + 1) }];
  });
  const file: Scope = { kind: 'file', name: '', from: 1, to: lines.length, calls: [], words: '' };
  const functions = definitions.map((one): Scope => ({ kind: 'function', ...one, calls: [], words: '' }));
  return {
    scopes: withContents([file, ...functions], lines),
    blocks: [],
    printed: lines.flatMap(printedOn),
    metrics: [],
    routes: lines.flatMap(routesOn),
    imports: lines.filter((line) => /^\s*(?:import|require|use|using|include|from|#include)\b/.test(line)),
  };
}

/** Name of the function that a line defines. */
function definedOn(line: string): string | null {
  if (NO_DEFINITION.test(line)) return null;
  for (const pattern of DEFINITIONS) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/** Last line of the block that begins at `from`: the next line at its own depth or less that closes or follows it. */
function endOf(lines: readonly string[], from: number): number {
  const own = depthOf(lines[from - 1] ?? '');
  for (let at = from + 1; at <= lines.length; at += 1) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '' || depthOf(text) > own) continue;
    if (/^\s*(?:\{\s*$|[)\]](?!\s*;?\s*$))/.test(text)) continue; // a brace of its own line, `) {` of a long signature
    return /^\s*(?:[}\])]|end\b)/.test(text) ? at : at - 1;
  }
  return lines.length;
}

function withContents(scopes: readonly Scope[], lines: readonly string[]): readonly Scope[] {
  const calls = scopes.map((): Call[] => []);
  const words = scopes.map((): string[] => []);
  for (const [at, text] of lines.entries()) {
    const line = at + 1;
    const owner = scopes.findLastIndex(({ from, to }) => from <= line && line <= to);
    words[owner]?.push(...wordsOf(text));
    if (scopes[owner]?.from === line) continue; // its own name
    for (const [, name = ''] of text.matchAll(CALL)) {
      calls[owner]?.push({ name: name.replaceAll(/->|::/g, '.'), line });
    }
  }
  return scopes.map((scope, at) => ({ ...scope, calls: calls[at] ?? [], words: words[at]?.join(' ') ?? '' }));
}

function printedOn(text: string, at: number): readonly Printed[] {
  const texts = [...text.matchAll(TEXT)].map(([, double, single]) => double ?? single ?? '');
  const parts = texts.flatMap((one) => partsOf(one.replaceAll(/\$\{[^}]*\}|\$\w+/g, '{}')));
  if (parts.length === 0) return [];
  const callees = [...text.matchAll(CALL)].map(([, name = '']) => printsAs(name.replaceAll(/->|::/g, '.')));
  const by = callees.find((found) => found !== null) ?? (/\bthrow\b|!\(/.test(text) ? 'throw' : 'text');
  return by === 'text' && !parts.some((part) => /\p{L}\s+\p{L}/u.test(part))
    ? []
    : [{ by, line: at + 1, parts }];
}

function routesOn(text: string, at: number): readonly RouteSite[] {
  return [...text.matchAll(TEXT)].flatMap(([, double, single]) => {
    const route = writtenRoute(double ?? single ?? '');
    return route === null ? [] : [{ ...route, line: at + 1, handler: null }];
  });
}

function depthOf(text: string): number {
  return text.length - text.trimStart().length;
}
