import type { FixPlan, TestResult } from '../../domain/fix.ts';

/** The test could not be loaded or compiled: on the base that says nothing about the fault. */
const NOT_LOADED = new RegExp(
  [
    /\b(SyntaxError|IndentationError|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ModuleNotFoundError|ImportError)\b/,
    /\bERR_UNKNOWN_FILE_EXTENSION\b|Cannot find (module|package)|Failed to (resolve|load)|Transform failed/,
    /does not provide an export|error collecting|fixture '[^']*' not found|\berror TS\d+:/,
    /\[(build|setup) failed\]|^\S+\.go:\d+:\d+: |COMPILATION ERROR|Compilation failure|cannot find symbol/,
    /\b(LoadError|NoClassDefFoundError|ClassNotFoundException)\b|cannot load such file|error occurred outside of examples/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'im',
);

/** The test uses a name that the base does not have: a fault of its own only where the anomaly says the same. */
const ABSENT =
  /\b(ReferenceError|NameError|NoSuchMethodError|NoSuchFieldError)\b|is not defined\b|is not a (function|constructor)\b|(?<!'NoneType' object) has no attribute\b|undefined (local variable|method (?!.* for nil\b))|uninitialized constant|unexpected keyword argument|takes \d+ positional arguments?|wrong number of arguments/;

/** What assertions of the six languages say when they fail. */
const ASSERTION = new RegExp(
  [
    /\b(AssertionError|ERR_ASSERTION|JestAssertionError|AssertionFailedError|ComparisonFailure|ExpectationNotMetError)\b/,
    /\bMinitest::Assertion\b|\bMultipleFailuresError\b|^\s*assert\b|\bassert .+(==|!=|is|in|<|>)|\bDID NOT RAISE\b/,
    /\bexpect\(|\bexpected\b|\bExpect(ed|ing)\b|\bFailed assertion\b|\bexception expected\b/,
    // Go's `t.Error` and `t.Fatal`, testify
    /^\s*\w+_test\.go:\d+: |\bError Trace:/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'm',
);

/** Names of errors that say too little to know a fault by. */
const VAGUE = /^(error|exception|panic|fatal error)$/i;

/**
 * Does a failing test speak of the fault? By an assertion, or by the anomaly's own error; for an anomaly without an
 * error (a slow path) a timeout will do too. Judged by the runner's words, so it errs on refusing. A test that could
 * not be run says nothing, unless it broke with the anomaly's own error, as a set-up that calls the faulty code does.
 */
export function failsForTheRightReason(
  { outcome, message }: Pick<TestResult, 'outcome' | 'message'>,
  { errorType, fault }: Pick<FixPlan, 'errorType' | 'fault'>,
): boolean {
  if (NOT_LOADED.test(message)) return false;
  if (ABSENT.test(message) && !ABSENT.test(saidOf(fault))) return false;
  if (isOwnError(message, errorType, fault.trace?.message ?? null)) return true;
  if (outcome === 'errored') return false;
  if (errorType === null && /tim(ed )?e?out/i.test(message)) return true;
  return ASSERTION.test(message);
}

function saidOf({ message, trace }: FixPlan['fault']): string {
  return `${message ?? ''}\n${trace?.message ?? ''}`;
}

/** By the name of its class; a Go panic has none, and is known by what it says. */
function isOwnError(message: string, errorType: string | null, says: string | null): boolean {
  if (errorType === null) return false;
  if (!VAGUE.test(errorType)) return message.includes(errorType.split('.').at(-1) ?? errorType);
  const words = (says ?? '').split('\n')[0]?.replace(/\d+/g, '').trim() ?? '';
  return words.length >= 8 && message.replace(/\d+/g, '').includes(words.slice(0, 60));
}
