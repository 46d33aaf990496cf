import type { Anomaly } from '../domain/anomaly.ts';
import { causesFirst, innermost } from '../domain/trace.ts';

/** One thing that is said of a fault: an error of its trace, or a line of its text. */
export interface Statement {
  readonly text: string;
  /** 0 is nearest to the fault; lines outside of the trace come after all of its errors. */
  readonly depth: number;
}

/** Longest text that is looked at. */
const MOST_CHARS = 20_000;

/** What the anomaly says of itself, nearest to the fault first; never the functions, files and code of a trace. */
export function statementsOf({ title, sample }: Anomaly): readonly Statement[] {
  const { trace, text } = sample;
  const errors = trace === null ? [] : causesFirst(trace).map((one) => `${one.errorType}: ${one.message}`);
  // What is printed around an error of code is what it worked on, such as the two sides of an assertion.
  const isData = trace !== null && isToldByCode(`${innermost(trace).errorType}: ${innermost(trace).message}`);
  const around = isData ? [] : [title, ...spokenLines(text.slice(0, MOST_CHARS))];
  return [
    ...errors.map((error, depth) => ({ text: error.slice(0, MOST_CHARS).replaceAll('\n', ' '), depth })),
    ...around.map((line) => ({ text: line, depth: errors.length })),
  ];
}

function spokenLines(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.filter((line, i) => !FRAME.test(line) && !PYTHON_FRAME.test(lines[i - 1] ?? ''));
}

/** A frame, or code that a runtime prints. */
const FRAME = /^\s*(?:at |File "|from |\.\.\. \d+ more|(?:throw|raise|return|await) )/;
/** The line below it is code. */
const PYTHON_FRAME = /^\s*File "/;

/**
 * A statement that a fault of code makes, whatever words of the outside world it quotes: the class of a programming
 * error, an assertion, or a sentence that only an interpreter, parser or test says.
 */
export function isToldByCode(statement: string): boolean {
  return CODE_ERROR.test(statement) || CODE_SENTENCE.test(statement);
}

/** Classes of programming errors, a line a language. `TypeError: fetch failed` is how fetch reports a network fault. */
const CODE_ERROR = new RegExp(
  String.raw`\b(?:${[
    'TypeError(?!: (?:fetch failed|terminated|Failed to fetch))|ReferenceError|SyntaxError|RangeError',
    'AssertionError|AttributeError|NameError|UnboundLocalError|IndexError|KeyError|ZeroDivisionError',
    'NotImplementedError|IndentationError|RecursionError|UnicodeDecodeError|UnicodeEncodeError|JSONDecodeError',
    'NullPointerException|ClassCastException|(?:ArrayI|StringI|I)ndexOutOfBoundsException|NumberFormatException',
    'ArithmeticException|NoSuchElementException|NoSuchMethodError|ConcurrentModificationException',
    'UnsupportedOperationException|NegativeArraySizeException|DateTimeParseException|StackOverflowError',
    'AssertionFailedError|ComparisonFailure|JsonParseException|UnrecognizedPropertyException|MismatchedInputException',
    'NoMethodError|FrozenError|FloatDomainError|LocalJumpError|ParserError',
  ].join('|')})\b`,
);

/** What only interpreters, parsers and tests say. */
const CODE_SENTENCE = new RegExp(
  [
    String.raw`runtime error: |interface conversion: |json: cannot unmarshal|strconv\.\w{1,20}: parsing`,
    'invalid literal for |could not convert string|values to unpack|does not match format|No enum constant',
    'is not (?:a function|iterable|a constructor|callable|valid JSON)|Unexpected token|undefined method ',
    String.raw`error TS\d|Invalid enum value|cannot be cast to|\bassert(?:ion)? failed`,
    String.raw`_test\.go:\d|_spec\.rb:\d|\.(?:test|spec)\.[jt]sx?\b`,
    String.raw`\bexpected? .{1,200}\bto (?:deeply |strictly )?(?:equal|be|contain|match|include)\b`,
    String.raw`but nothing was raised|DID NOT RAISE|^\s*(?:Expected|Received|Actual)\b:`,
    String.raw`\bgot:? .{1,200}\bwant|\bexpected:? .{1,200}\b(?:got|received|but was)\b`,
  ].join('|'),
  'i',
);
