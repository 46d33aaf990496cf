import { GOROUTINE } from '../../traces/go.ts';
import { BARE_HEADER, EXCERPT, HEADER, TRAILER } from '../../traces/javascript.ts';
import { PHP_FRAME } from '../../traces/php.ts';
import { CHAIN, PYTHON_ERROR } from '../../traces/python.ts';
import { RAILS, RUBY_FRAME } from '../../traces/ruby.ts';
import { RUST_PANIC } from '../../traces/rust.ts';

/** What held lines are, so far. */
export type State =
  /** A logger's line that may introduce a trace. */
  | 'intro'
  /** Node's place and source excerpt of an uncaught error. */
  | 'excerpt'
  /** An error's class and message; no frame yet. */
  | 'head'
  /** An error without a stack of its own, with properties between braces. */
  | 'bare'
  /** Frames of a runtime that writes `at`: V8, the JVM, .NET, and the other engines' `@`. */
  | 'at'
  | 'at-blank'
  | 'cause'
  /** Properties of an error between braces, with causes among them. */
  | 'braces'
  | 'python'
  | 'python-end'
  | 'chain'
  | 'group'
  | 'go-head'
  | 'go'
  | 'go-call'
  | 'go-blank'
  | 'ruby'
  | 'php-head'
  | 'php'
  | 'php-blank'
  | 'rust-message'
  | 'rust'
  /** The last line of its kind. */
  | 'end';

type Step = readonly [when: RegExp, to: State];

/** Where a state leads. */
export interface Rule {
  readonly steps: readonly Step[];
  /** All of them in one: most lines take none. */
  readonly any: RegExp;
  /**
   * So many lines may follow that take no step and begin nothing of their own: a message of more than one line. Whether
   * they belong to the trace shows only when a step is taken after them.
   */
  readonly text: number;
}

/** States that do not yet tell that the lines are a trace, or that the last line is part of it. */
export const UNSURE: ReadonlySet<State> = new Set([
  'intro',
  'excerpt',
  'head',
  'bare',
  'at-blank',
  'go-head',
  'go-call',
  'go-blank',
  'php-head',
  'php-blank',
]);

function rule(steps: readonly Step[], text = 0): Rule {
  const any = steps.length === 0 ? /$^/ : new RegExp(steps.map(([when]) => when.source).join('|'));
  return { steps, any, text };
}

const BLANK = /^\s*$/;
const FRAME = /^\s+at \S/;
const OPENING = /^\s+at \S.* \{$/;
const AT_SIGN = /^\s*[^\s@]{0,200}@\S{1,1500}:\d{1,9}:\d{1,9}$/;
const MORE = /^\s+\.\.\. \d{1,6} (?:more|common frames omitted|lines matching)/;
const LINK = /^\s*(?:Caused by|caused by|Suppressed|Wrapped by): |^\s*---> /;
const CLOSING = /^[}\]],?$/;
const TRACEBACK = /^\s*Traceback \(most recent call last\):$/;
const GROUP = /^\s+\+ Exception Group Traceback \(most recent call last\):$/;
const CALL = /^(?:created by |panic\(|[A-Za-z_][^\s(]{0,500}\.)/;
/** A line that is nothing but a Go function: `main.(*Cart).Total`, `example.com/shop/cart.load`. */
const FUNCTION = /^[A-Za-z_][\w/~%-]{0,200}(?:\.[\w()*/~%-]{1,200}){1,8}$/;
const GO_FILE = /^\t\S.{0,1000}:\d{1,9}/;
const PHP_TRACE = /^(?:Stack trace:|\[stacktrace\]|\[previous exception\])/;

const FRAMES: readonly Step[] = [
  [OPENING, 'braces'],
  [FRAME, 'at'],
  [AT_SIGN, 'at'],
];
const PYTHON_STEPS: readonly Step[] = [
  [GROUP, 'group'],
  [TRACEBACK, 'python'],
];
const GOROUTINES: readonly Step[] = [
  [GOROUTINE, 'go'],
  [/^exit status \d+$/, 'end'],
];
const PHP: readonly Step[] = [
  [PHP_TRACE, 'php'],
  [PHP_FRAME, 'php'],
];

export const RULES: Readonly<Record<State, Rule>> = {
  intro: rule(
    [
      ...PYTHON_STEPS,
      ...GOROUTINES.slice(0, 1),
      [/^(?:panic|fatal error): /, 'go-head'],
      ...FRAMES,
      [BARE_HEADER, 'bare'],
      [HEADER, 'head'],
      [EXCERPT, 'excerpt'],
      [RUBY_FRAME, 'ruby'],
      ...PHP,
      [RUST_PANIC, 'rust-message'],
      [RAILS, 'head'],
      [/^\s+$/, 'intro'],
      [FUNCTION, 'go-call'],
    ],
    3,
  ),
  excerpt: rule(
    [
      [BARE_HEADER, 'bare'],
      [HEADER, 'head'],
      [TRAILER, 'end'],
    ],
    8,
  ),
  head: rule([...FRAMES, [RUBY_FRAME, 'ruby'], ...PHP, [LINK, 'head']], 16),
  bare: rule([
    [/^ {4,}at \S/, 'braces'],
    [/^ {2}/, 'bare'],
  ]),
  at: rule([
    ...FRAMES,
    [MORE, 'at'],
    [LINK, 'cause'],
    [/^\s*--- End of /, 'at'],
    [/^\s+\[?(?:cause|errors)\]?: /, 'braces'],
    [CLOSING, 'at'],
    [TRAILER, 'end'],
    [BLANK, 'at-blank'],
  ]),
  'at-blank': rule([
    [TRAILER, 'end'],
    [LINK, 'cause'],
  ]),
  cause: rule([...FRAMES, [MORE, 'at'], [LINK, 'cause']], 16),
  braces: rule(
    [
      [CLOSING, 'at'],
      [/^ {2}/, 'braces'],
    ],
    16,
  ),
  python: rule([
    [RUBY_FRAME, 'ruby'],
    [/^\s/, 'python'],
    [PYTHON_ERROR, 'python-end'],
  ]),
  'python-end': rule([[CHAIN, 'chain']], 8),
  chain: rule([[BLANK, 'chain'], ...PYTHON_STEPS]),
  group: rule(
    [
      [/^\s+[|+]/, 'group'],
      [CHAIN, 'chain'],
    ],
    8,
  ),
  'go-head': rule([...GOROUTINES.slice(0, 1), [/^\tpanic: |^\[signal /, 'go-head']], 16),
  go: rule([[GO_FILE, 'go'], [CALL, 'go-call'], ...GOROUTINES, [/^\.\.\./, 'go'], [BLANK, 'go-blank']]),
  'go-call': rule([[GO_FILE, 'go']]),
  'go-blank': rule(GOROUTINES),
  ruby: rule(
    [
      [RUBY_FRAME, 'ruby'],
      [/^\s+(?:\.\.\. \d+ levels|from \S)/, 'ruby'],
    ],
    8,
  ),
  'php-head': rule(PHP, 16),
  php: rule([...PHP, [/^Next \S/, 'php'], [/^ {2}thrown in |^"\}\s*$/, 'end'], [BLANK, 'php-blank']]),
  'php-blank': rule([[/^Next \S/, 'php']]),
  'rust-message': rule([[/^/, 'rust']]),
  rust: rule(
    [
      [/^(?:stack backtrace:|note: )/, 'rust'],
      [/^\s+(?:\d{1,6}: |at \S)/, 'rust'],
    ],
    8,
  ),
  end: rule([]),
};
