import type { StackTrace } from '../../domain/trace.ts';

/** What went wrong, in the words of no language. */
export type Crash =
  /** Something that is nothing was used; `member` is what was asked of it, where the error says so. */
  | { readonly kind: 'missing_value'; readonly member: string | null }
  | { readonly kind: 'missing_key'; readonly key: string }
  | { readonly kind: 'out_of_range' }
  | { readonly kind: 'zero_division' }
  /** Text that is no JSON, no number; `error` is the class to catch. */
  | { readonly kind: 'bad_text'; readonly error: string }
  /** The largest, first or mean of no items. */
  | { readonly kind: 'empty_list' }
  | { readonly kind: 'unknown_name'; readonly name: string }
  | { readonly kind: 'endless_recursion' }
  /** A promise or coroutine was used instead of what it gives. */
  | { readonly kind: 'not_awaited'; readonly member: string | null }
  | { readonly kind: 'nil_map' }
  | { readonly kind: 'not_text' }
  | { readonly kind: 'not_closed' };

type Shape = readonly [said: RegExp, crash: (word: string | null, errorType: string) => Crash];

const missing = (member: string | null): Crash => ({ kind: 'missing_value', member });

/** Tried in order against `type: message`. The first group, if any, is the word that matters. */
const SHAPES: readonly Shape[] = [
  // JavaScript
  [/Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null) \((?:reading|setting) '([^']+)'\)/, missing],
  [/Cannot destructure property '([^']+)' of/, missing],
  [/(?:undefined|null) is not iterable|Cannot convert undefined or null to object/, () => missing(null)],
  [/Reduce of empty array with no initial value/, () => ({ kind: 'empty_list' })],
  [/RangeError: Maximum call stack/, () => ({ kind: 'endless_recursion' })],
  [/RangeError: Division by zero/, () => ({ kind: 'zero_division' })],
  [
    /SyntaxError: .*(?:JSON|Unexpected token|Unexpected end)/,
    () => ({ kind: 'bad_text', error: 'SyntaxError' }),
  ],
  [/ReferenceError: ([\w$]+) is not defined/, (word) => ({ kind: 'unknown_name', name: word ?? '' })],
  [
    /TypeError: (?:[\w$.]+\.)?([\w$]+) is not a function/,
    (word) => ({ kind: 'unknown_name', name: word ?? '' }),
  ],
  // Python
  [
    /'coroutine' object (?:has no attribute '(\w+)'|is not)/,
    (word) => ({ kind: 'not_awaited', member: word }),
  ],
  [/'NoneType' object has no attribute '(\w+)'/, missing],
  [/'NoneType' object is not|'NoneType'(?: and|$)|and 'NoneType'/, () => missing(null)],
  [/object of type 'NoneType' has no len/, () => missing(null)],
  [/ZeroDivisionError/, () => ({ kind: 'zero_division' })],
  [
    /(?:max|min)\(\) (?:arg|iterable argument) is (?:an )?empty|pop from (?:an )?empty|requires at least one data point/,
    () => ({ kind: 'empty_list' }),
  ],
  [/IndexError: .*out of range/, () => ({ kind: 'out_of_range' })],
  [/JSONDecodeError/, () => ({ kind: 'bad_text', error: 'json.JSONDecodeError' })],
  [
    /ValueError: (?:invalid literal for int|could not convert string)/,
    () => ({ kind: 'bad_text', error: 'ValueError' }),
  ],
  [/RecursionError/, () => ({ kind: 'endless_recursion' })],
  [/NameError: name '(\w+)' is not defined/, (word) => ({ kind: 'unknown_name', name: word ?? '' })],
  [/AttributeError: .* has no attribute '(\w+)'/, (word) => ({ kind: 'unknown_name', name: word ?? '' })],
  [/can only concatenate str|must be str, not/, () => ({ kind: 'not_text' })],
  [/ResourceWarning: unclosed/, () => ({ kind: 'not_closed' })],
  // Go
  [/assignment to entry in nil map/, () => ({ kind: 'nil_map' })],
  [/nil pointer dereference/, () => missing(null)],
  [/(?:index|slice bounds) out of range/, () => ({ kind: 'out_of_range' })],
  [/integer divide by zero/, () => ({ kind: 'zero_division' })],
  [/stack overflow/, () => ({ kind: 'endless_recursion' })],
  // Java
  [/NullPointerException: Cannot invoke "[^"]*?([\w$]+)\([^"]*\)"/, missing],
  [/NullPointerException: Cannot (?:read|assign) field "(\w+)"/, missing],
  [/NullPointerException/, () => missing(null)],
  [/(?:Array|String)?IndexOutOfBounds/, () => ({ kind: 'out_of_range' })],
  [/ArithmeticException: (?:\/ by zero|.*zero)/, () => ({ kind: 'zero_division' })],
  [/NumberFormatException/, () => ({ kind: 'bad_text', error: 'NumberFormatException' })],
  [/NoSuchElementException/, () => ({ kind: 'empty_list' })],
  [/StackOverflowError/, () => ({ kind: 'endless_recursion' })],
  // Ruby
  [/undefined method [`']([^`']+)' for nil/, missing],
  [/nil can't be coerced|no implicit conversion (?:of|from) nil/, () => missing(null)],
  [/JSON::ParserError/, () => ({ kind: 'bad_text', error: 'JSON::ParserError' })],
  [
    /ArgumentError: invalid value for (?:Integer|Float)/,
    () => ({ kind: 'bad_text', error: 'ArgumentError' }),
  ],
  [/divided by 0/, () => ({ kind: 'zero_division' })],
  [/SystemStackError/, () => ({ kind: 'endless_recursion' })],
  [/IndexError: index -?\d+ outside of array/, () => ({ kind: 'out_of_range' })],
  [
    /undefined (?:local variable or )?method [`']([^`']+)'/,
    (word) => ({ kind: 'unknown_name', name: word ?? '' }),
  ],
  [/no implicit conversion of \w+ into String/, () => ({ kind: 'not_text' })],
  // Python and Ruby say it alike, after all that is more exact
  [/KeyError: (?:key not found: )?:?["']?(.*?)["']?$/, (word) => ({ kind: 'missing_key', key: word ?? '' })],
];

/** Null for an error that no local repair is known for. */
export function crashOf({ errorType, message }: StackTrace): Crash | null {
  const said = `${errorType}: ${message}`;
  for (const [pattern, crash] of SHAPES) {
    const found = pattern.exec(said);
    if (found !== null) return crash(found[1] ?? null, errorType);
  }
  return null;
}
