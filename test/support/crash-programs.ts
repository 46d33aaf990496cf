import fc from 'fast-check';
import type { Fault } from '../../src/domain/fix.ts';
import type { Language } from '../../src/domain/trace.ts';

/** A small program that crashes, and the same with a guard in front of the crash. */
export interface CrashProgram {
  readonly language: Language;
  readonly file: string;
  readonly routine: string;
  readonly before: string;
  readonly guarded: string;
  readonly fault: Fault;
}

interface Names {
  readonly routine: string;
  readonly one: string;
  readonly two: string;
}

interface Shape {
  readonly file: string;
  readonly head: (names: Names) => string;
  readonly guard: (names: Names) => string;
  readonly crash: (names: Names) => string;
  readonly foot: string;
  readonly error: (names: Names) => readonly [type: string, message: string];
}

const NODE_ERROR: Shape['error'] = ({ two }) => [
  'TypeError',
  `Cannot read properties of undefined (reading '${two}')`,
];

const SHAPES: Readonly<Record<Language, Shape>> = {
  javascript: {
    file: 'src/shop.js',
    head: ({ routine, one }) => `export function ${routine}(${one}) {\n`,
    guard: ({ one }) => `  if (${one} == null) return null;\n`,
    crash: ({ one, two }) => `  return ${one}.${two};\n`,
    foot: '}\n',
    error: NODE_ERROR,
  },
  typescript: {
    file: 'src/shop.ts',
    head: ({ routine, one, two }) =>
      `export function ${routine}(${one}: { ${two}: string }): string | null {\n`,
    guard: ({ one }) => `  if (${one} == null) return null;\n`,
    crash: ({ one, two }) => `  return ${one}.${two};\n`,
    foot: '}\n',
    error: NODE_ERROR,
  },
  python: {
    file: 'shop.py',
    head: ({ routine, one, two }) => `def ${routine}(${one}, ${two}):\n`,
    guard: ({ two }) => `    if ${two} == 0:\n        return 0\n`,
    crash: ({ one, two }) => `    return ${one} / ${two}\n`,
    foot: '',
    error: () => ['ZeroDivisionError', 'division by zero'],
  },
  go: {
    file: 'shop.go',
    head: ({ routine, one, two }) => `package shop\n\nfunc ${routine}(${one} int, ${two} int) int {\n`,
    guard: ({ two }) => `\tif ${two} == 0 {\n\t\treturn 0\n\t}\n`,
    crash: ({ one, two }) => `\treturn ${one} / ${two}\n`,
    foot: '}\n',
    error: () => ['panic', 'runtime error: integer divide by zero'],
  },
  java: {
    file: 'src/main/java/shop/Shop.java',
    head: ({ routine, one, two }) =>
      `package shop;\n\npublic class Shop {\n    public static int ${routine}(int ${one}, int ${two}) {\n`,
    guard: ({ two }) => `        if (${two} == 0) return 0;\n`,
    crash: ({ one, two }) => `        return ${one} / ${two};\n`,
    foot: '    }\n}\n',
    error: () => ['java.lang.ArithmeticException', '/ by zero'],
  },
  ruby: {
    file: 'lib/shop.rb',
    head: ({ routine, one, two }) => `def ${routine}(${one}, ${two})\n`,
    guard: ({ two }) => `  return 0 if ${two}.zero?\n`,
    crash: ({ one, two }) => `  ${one} / ${two}\n`,
    foot: 'end\n',
    error: () => ['ZeroDivisionError', 'divided by 0'],
  },
};

/** Two words, so that none is reserved in any of the languages. */
const name = fc.stringMatching(/^[a-z]{2,7}_[a-z]{2,7}$/);

/** Any names in a program of this language. */
export function crashProgramIn(language: Language): fc.Arbitrary<CrashProgram> {
  return fc
    .uniqueArray(name, { minLength: 3, maxLength: 3 })
    .map(([routine = '', one = '', two = '']) => written(language, { routine, one, two }));
}

export const crashProgram = fc
  .constantFrom<Language>('javascript', 'typescript', 'python', 'go', 'java', 'ruby')
  .chain(crashProgramIn);

function written(language: Language, names: Names): CrashProgram {
  const { file, head, guard, crash, foot, error } = SHAPES[language];
  const start = head(names);
  const [errorType, message] = error(names);
  const line = start.split('\n').length;
  return {
    language,
    file,
    routine: names.routine,
    before: start + crash(names) + foot,
    guarded: start + guard(names) + crash(names) + foot,
    fault: {
      message: null,
      trace: { language, errorType, message, frames: [], cause: null },
      suspects: [{ file, line, symbol: null, score: 1, why: '', excerpt: null }],
    },
  };
}
