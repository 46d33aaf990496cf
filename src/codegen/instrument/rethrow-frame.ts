import type { Language } from '../../domain/trace.ts';
import type { Emission } from './emission.ts';

export interface Rethrow {
  readonly language: Language;
  readonly errorType: string;
  readonly emission: Emission;
}

/** Lines around a body. */
export interface Frame {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The body stands in a block of its own. */
  readonly isDeeper: boolean;
  /** What comes after stands as deep as the routine itself. */
  readonly isOutdented: boolean;
}

/** What sees an error of the class on its way out of a body, tells of it, and lets it go on. */
export function frameOf({ language, errorType, emission }: Rethrow): Frame {
  const type = errorType.split(/[.$]/).at(-1) ?? errorType;
  const emit = emission.statement({ of: 'error', variable: language === 'go' ? 'r' : 'error' });
  const isNamed = /\berror\b/.test(emit.replace(/error=|\.error\b/g, ''));
  switch (language) {
    case 'javascript':
    case 'typescript':
      return javascriptFrame(type, emit);
    case 'java':
      return block('try {', [
        `} catch (${javaType(errorType)} error) {`,
        `    ${emit}`,
        '    throw error;',
        '}',
      ]);
    case 'python':
      return pythonFrame(type, emit, isNamed);
    case 'go':
      return goFrame(emit);
    case 'ruby': {
      const rescue = isNamed ? `rescue ${errorType} => error` : `rescue ${errorType}`;
      return { before: [], after: [rescue, `  ${emit}`, '  raise'], isDeeper: false, isOutdented: true };
    }
  }
}

function block(before: string, after: readonly string[]): Frame {
  return { before: [before], after, isDeeper: true, isOutdented: false };
}

const BUILT_IN_JAVASCRIPT = /^(Type|Range|Reference|Syntax|URI|Eval)Error$|^Error$/;

function javascriptFrame(type: string, emit: string): Frame {
  const test = BUILT_IN_JAVASCRIPT.test(type)
    ? `error instanceof ${type}`
    : `error instanceof Error && error.name === '${type}'`;
  return block('try {', ['} catch (error) {', `  if (${test}) ${emit}`, '  throw error;', '}']);
}

const BUILT_IN_PYTHON =
  /^(Type|Value|Key|Index|Attribute|ZeroDivision|Name|Lookup|Arithmetic|Overflow|Recursion|UnboundLocal|Assertion|OS|Runtime|Import|Unicode\w*|FileNotFound|Permission|Timeout|Connection)Error$|^StopIteration$|^Exception$/;

function pythonFrame(type: string, emit: string, isNamed: boolean): Frame {
  if (BUILT_IN_PYTHON.test(type)) {
    const except = isNamed ? `except ${type} as error:` : `except ${type}:`;
    return block('try:', [except, `    ${emit}`, '    raise']);
  }
  return block('try:', [
    'except Exception as error:',
    `    if type(error).__name__ == "${type}":`,
    `        ${emit}`,
    '    raise',
  ]);
}

function goFrame(emit: string): Frame {
  const before = [
    'defer func() {',
    '\tif r := recover(); r != nil {',
    `\t\t${emit}`,
    '\t\tpanic(r)',
    '\t}',
    '}()',
  ];
  return { before, after: [], isDeeper: false, isOutdented: false };
}

function javaType(errorType: string): string {
  return errorType.replace(/^java\.lang\.(?=[A-Z])/, '').replaceAll('$', '.');
}
