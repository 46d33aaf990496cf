/** Marks that take a test out of the run, or end the run early. */
export const SKIPS: readonly RegExp[] = [
  // JavaScript and TypeScript
  /\b(it|test|describe|suite|bench|context)(\.\w+)*\.(skip|todo|only|fails|failing|skipIf|runIf|todoIf)\b/g,
  /\b(x(it|test|describe|context|specify)|f(it|describe|context|specify))[\s(]+['"`(]/g,
  /\b(skip|todo|only|fails)\s*:\s*(?!false\b)\S/g,
  /\b(t|ctx|context|this)\.(skip|todo)\s*\(/g,
  /\b(process\.(exit|abort|kill|reallyExit)|process\.exitCode\s*=)/g,
  // Python
  /\bpytest\.(mark\.(skip|skipif|xfail)|skip|xfail|importorskip|exit)\b/g,
  /\b(unittest\.(skip\w*|expectedFailure)|SkipTest|skipTest)\b/g,
  /\b(pytestmark|collect_ignore\w*|__test__)\s*=/g,
  /\b(os\._exit|sys\.exit)\s*\(/g,
  // Go
  /\b[tb]\.Skip(Now|f)?\s*\(|\btesting\.Short\s*\(|^\s*\/\/(go:build| \+build)\b/gm,
  /\bos\.Exit\s*\(|\bfunc TestMain\s*\(/g,
  // Java
  /@(Disabled\w*|Ignore|Enabled\w*)\b|\b(Assumptions?|Assume)\.\w+|\bassum(e|ing)(True|False|That|NotNull|NoException)\s*\(/g,
  /\b(System\.exit|Runtime\.getRuntime\(\)\.halt)\s*\(/g,
  // Ruby
  /^\s*(skip|pending)\b(?!\s*[=.])|[,(]\s*:(skip|pending|focus)\b|\b(skip|pending|focus)\s*(=>|:)\s*(?!false\b)\S/gm,
  /^\s*(exit!?|abort)\b|\bat_exit\b|\bKernel\.exit\b/gm,
];

/** Comments and annotations that make a tool look away: a linter, a type checker, a coverage tool. */
export const SUPPRESSIONS: readonly RegExp[] = [
  /\b(eslint|oxlint|tslint|jshint|stylelint)-disable\b|\beslint-disable-\w|\btslint:disable\b|\bbiome-ignore\b|\bjshint ignore\b/g,
  /@ts-(ignore|expect-error|nocheck)\b|@flow-?ignore\b|\$FlowFixMe\b/g,
  /#\s*(noqa|type:\s*ignore|pylint:\s*disable|pyright:\s*(ignore|basic)|mypy:|nosec|ruff:\s*noqa|flake8:\s*noqa)/gi,
  /\/\/\s*nolint\b|#nosec\b/g,
  /@SuppressWarnings\b|@SuppressFBWarnings\b|\bNOSONAR\b|CHECKSTYLE[:.\s]*OFF/g,
  /\b(rubocop|standard):(disable|todo)\b|#\s*steep:ignore\b|#\s*typed:\s*(false|ignore)\b/g,
  /\b(istanbul|c8|v8) ignore\b|\bnode:coverage (disable|ignore)\b|\bpragma:\s*no cover\b|:nocov:|@\w*Generated\b/g,
];

/** Code that behaves otherwise while it is being tested. */
export const TEST_AWARE = new RegExp(
  [
    /\b(NODE_TEST_CONTEXT|VITEST(_\w+)?|JEST_WORKER_ID|PYTEST_CURRENT_TEST|PYTEST_VERSION|NODE_V8_COVERAGE)\b/,
    /\b(NODE|RAILS|RACK|APP|GO|FLASK|DJANGO)_ENV\W{1,6}test\b|\bRails\.env\.test\?|\bin sys\.modules\b/,
    /\bimport\.meta\.(vitest|jest)\b|\btypeof\s+(describe|it|jest|vi)\b|\bglobalThis\.(describe|jest|vi|expect)\b/,
    /(process\.env|environ|getenv|Getenv|ENV)\W{0,4}(\.get\W{1,3})?['"]?CI\b/,
    /\btesting\.Testing\(\)|\bflag\.Lookup\(\s*"test\.|HasSuffix\(os\.Args\[0\],\s*"\.test"/,
    /\b(org\.junit|surefire|org\.testng)\b|\bdefined\?\(\s*(Minitest|RSpec|Test::Unit)|\bexecArgv\b/,
    /\b(cwd|__dirname|__file__|argv|HOME|TMPDIR|tmpdir|Getwd|user\.dir)\b.{0,60}vigilai/i,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
);

/** Code that puts something else in the place of what tests assert with. */
export const BENDS_ASSERTIONS =
  /\b(assert|expect|chai)(\.\w+)+\s*=[^=>]|\bObject\.(assign|defineProperty)\(\s*(assert|expect|chai)\b|\bTestCase\.\w+\s*=[^=]/;

/** Code that asks for one input as a whole, written out. */
export const ASKS_FOR_ONE_INPUT = /\b(JSON\.stringify|json\.dumps)\([^)]*\)\s*===?\s*['"`]/;

/** What assertions look like, in the libraries of the six languages. */
export const ASSERTION =
  /\b(assert\w*|expect\w*|should|raises|toBe\w*|toEqual|toThrow|strictEqual|deepEqual|rejects|throws|ok|equal|is)\s*[.(!]|\bassert\b|\bassert_?\w*\s|\brefute\w*\b|\b(must|wont)_\w+|\bt\.(Error|Fatal|Fail)\w*\s*\(|\brequire\.\w+\(t\b|\bverify\s*\(|\bfail\s*\(|\.to(_not)?\s/;

/** Assertions that always hold. */
const EMPTY_ASSERTIONS: readonly RegExp[] = [
  /\b(assert|assertTrue|assert_true|assert\.ok|ok|expect|assert_equal)[\s(]+(true|True|1|!0|not False)\s*(,\s*['"`].*)?\)?(\.\w+\((true|1)?\)|\.(to|must)\S* .*)?\s*;?$/,
  /\bassert\w*(\.\w+)*\(\s*([\w.'"-]+)\s*,\s*\2\s*\)\s*;?$|\bexpect\(\s*([\w.'"-]+)\s*\)\.\w+\(\s*\3\s*\)\s*;?$/,
  /^assert\s+([\w.'"-]+)\s*==\s*\1$/,
];

/** Does a line of a test assert something that could fail? */
export function asserts(line: string): boolean {
  return ASSERTION.test(line) && !EMPTY_ASSERTIONS.some((empty) => empty.test(line.trim()));
}

/** Lines that begin a test, in the frameworks of the six languages. */
export const TEST_BEGINS =
  /\b(it|test|specify|example)(\.\w+)*\s*[( ]\s*['"`]|\bdef test_|\bfunc (Test|Fuzz|Example)\w*\(|@(Test|ParameterizedTest|RepeatedTest)\b/;

export function countOf(patterns: readonly RegExp[], text: string): number {
  return patterns.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0);
}
