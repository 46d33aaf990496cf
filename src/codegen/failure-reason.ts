/** The test could not even be loaded: on the base that says nothing about the fault. */
const NOT_LOADED =
  /\b(SyntaxError|IndentationError|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ModuleNotFoundError|ImportError|ERR_UNKNOWN_FILE_EXTENSION)\b|Cannot find (module|package)|Failed to (resolve|load)|does not provide an export|error collecting|fixture '[^']*' not found|Transform failed/i;

/** A name that the test uses and the base does not have: a fault of its own only if the anomaly is that error. */
const NO_SUCH_NAME = /\b(ReferenceError|NameError)\b|is not defined/;

const ASSERTION =
  /\b(AssertionError|ERR_ASSERTION|AssertionError \[|JestAssertionError)\b|^\s*assert\b|\bassert .+(==|is|in|<|>)|\bDID NOT RAISE\b|\bexpect(ed)?\b|Expected/im;

/**
 * Does this message of a failing test speak of the fault? By an assertion, or by the anomaly's own error; for an
 * anomaly without an error (a slow path) a timeout will do too. Judged by the runner's words, so it errs on refusing.
 */
export function failsForTheRightReason(message: string, errorType: string | null): boolean {
  const isFault = errorType !== null && errorType.length > 2 && message.includes(errorType);
  if (NOT_LOADED.test(message)) return isFault && !/SyntaxError|IndentationError/.test(message);
  if (isFault) return true;
  if (NO_SUCH_NAME.test(message)) return false;
  if (errorType === null && /tim(ed )?e?out/i.test(message)) return true;
  return ASSERTION.test(message);
}
