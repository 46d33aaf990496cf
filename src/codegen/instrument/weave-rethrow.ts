import type { Language } from '../../domain/trace.ts';
import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Emission } from './emission.ts';
import { linesInTexts, named, statementsOf, walk } from './grammar.ts';
import { indentAt } from './woven.ts';

export interface Rethrow {
  readonly language: Language;
  readonly errorType: string;
  readonly emission: Emission;
}

/**
 * A routine that tells of an error of this class on its way out, and lets it go on. Null where the routine leaves no
 * room for that: one line, a constructor, a method that rescues already.
 */
export function weaveRethrow(routine: SyntaxNode, text: string, rethrow: Rethrow): string | null {
  const body = routine.field('body');
  const statements = body === null ? [] : statementsIn(body);
  const [first, last] = [statements[0], statements.at(-1)];
  if (body === null || first === undefined || last === undefined) return null;
  if (first.line === routine.line || isConstructor(routine) || rescues(body)) return null;
  const lines = text.split('\n');
  const indent = indentAt(text, first.from);
  const frame = frameOf(rethrow);
  const inner = lines.slice(first.line - 1, last.lastLine);
  const untouched = linesInTexts(body);
  const unit = rethrow.language === 'python' || rethrow.language === 'java' ? '    ' : '  ';
  const deeper = inner.map((line, at) =>
    line.trim() === '' || untouched.has(first.line + at)
      ? line
      : `${indent.includes('\t') ? '\t' : unit}${line}`,
  );
  const within = (more: readonly string[]) => more.map((line) => indent + line);
  const rescue = frame.isOutdented
    ? frame.after.map((line) => indentAt(text, routine.from) + line)
    : within(frame.after);
  return [
    ...lines.slice(0, first.line - 1),
    ...within(frame.before),
    ...(frame.isDeeper ? deeper : inner),
    ...rescue,
    ...lines.slice(last.lastLine),
  ].join('\n');
}

/** Without the docstring and directives such as 'use strict', which have to come first. */
function statementsIn(body: SyntaxNode): readonly SyntaxNode[] {
  const isText = (node: SyntaxNode) =>
    node.type === 'expression_statement' && /^string/.test(named(node)[0]?.type ?? '');
  const list = statementsOf(body);
  const start = list.findIndex((node) => !isText(node));
  return start === -1 ? [] : list.slice(start);
}

function isConstructor(routine: SyntaxNode): boolean {
  return routine.type.startsWith('constructor') || routine.field('name')?.text === 'constructor';
}

function rescues(body: SyntaxNode): boolean {
  return [...walk(body)].some((node) => /^(rescue|ensure)$/.test(node.type) && node.isNamed);
}

/** Lines around a body. */
interface Frame {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The body stands in a block of its own. */
  readonly isDeeper: boolean;
  /** What comes after stands as deep as the routine itself. */
  readonly isOutdented: boolean;
}

function frameOf({ language, errorType, emission }: Rethrow): Frame {
  const type = errorType.split(/[.$]/).at(-1) ?? errorType;
  const emit = (variable: string) => emission.statement({ of: 'error', variable });
  const isNamed = /\berror\b/.test(emit('error').replace(/error=|\.error\b/g, ''));
  switch (language) {
    case 'javascript':
    case 'typescript': {
      const test = BUILT_IN_JAVASCRIPT.test(type)
        ? `error instanceof ${type}`
        : `error instanceof Error && error.name === '${type}'`;
      return block('try {', ['} catch (error) {', `  if (${test}) ${emit('error')}`, '  throw error;', '}']);
    }
    case 'java':
      return block('try {', [
        `} catch (${javaType(errorType)} error) {`,
        `    ${emit('error')}`,
        '    throw error;',
        '}',
      ]);
    case 'python':
      return BUILT_IN_PYTHON.test(type)
        ? block('try:', [
            isNamed ? `except ${type} as error:` : `except ${type}:`,
            `    ${emit('error')}`,
            '    raise',
          ])
        : block('try:', [
            'except Exception as error:',
            `    if type(error).__name__ == "${type}":`,
            `        ${emit('error')}`,
            '    raise',
          ]);
    case 'go': {
      const before = [
        'defer func() {',
        '\tif r := recover(); r != nil {',
        `\t\t${emit('r')}`,
        '\t\tpanic(r)',
        '\t}',
        '}()',
      ];
      return { before, after: [], isDeeper: false, isOutdented: false };
    }
    case 'ruby':
      return {
        before: [],
        after: [
          isNamed ? `rescue ${errorType} => error` : `rescue ${errorType}`,
          `  ${emit('error')}`,
          '  raise',
        ],
        isDeeper: false,
        isOutdented: true,
      };
  }
}

const BUILT_IN_JAVASCRIPT = /^(Type|Range|Reference|Syntax|URI|Eval)Error$|^Error$/;
const BUILT_IN_PYTHON =
  /^(Type|Value|Key|Index|Attribute|ZeroDivision|Name|Lookup|Arithmetic|Overflow|Recursion|UnboundLocal|Assertion|OS|Runtime|Import|Unicode\w*|FileNotFound|Permission|Timeout|Connection)Error$|^StopIteration$|^Exception$/;

function block(before: string, after: readonly string[]): Frame {
  return { before: [before], after, isDeeper: true, isOutdented: false };
}

function javaType(errorType: string): string {
  return errorType.replace(/^java\.lang\.(?=[A-Z])/, '').replaceAll('$', '.');
}
