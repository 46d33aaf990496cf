import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation } from '../../domain/diagnosis.ts';
import { innermost } from '../../domain/trace.ts';
import type { Repository } from '../../ports/repository.ts';
import { originOf, type ValueOrigin } from './value-origin.ts';

/** The value that an error speaks of, as the code that failed writes it. */
export interface Value {
  /** Such as `customer.address`. */
  readonly expression: string;
  /** What is wrong with it, such as `is null`. */
  readonly flaw: string;
  readonly origin: ValueOrigin;
}

/** Null where the message speaks of none, or the line that threw does not write it. */
export async function valueAt(
  { sample }: Anomaly,
  place: CodeLocation,
  repository: Repository,
): Promise<Value | null> {
  if (sample.trace === null) return null;
  const source = (await repository.read(place.file)) ?? '';
  const lines = source.split('\n').map((line) => line.slice(0, LONGEST_LINE));
  const line = lines[place.line - 1] ?? '';
  const { errorType, message } = innermost(sample.trace);
  const spoken = spokenOf(`${errorType}: ${message}`, line);
  return spoken === null ? null : { ...spoken, origin: originOf(spoken.expression, place, lines) };
}

const LONGEST_LINE = 300;

type Spoken = Pick<Value, 'expression' | 'flaw'>;

interface Form {
  readonly message: RegExp;
  /** What is wrong with the value. */
  readonly flaw: (match: RegExpExecArray) => string;
  /** The value, as the line writes it. */
  readonly written: (match: RegExpExecArray, line: string) => string | undefined;
}

/** How runtimes say that a value is not what the code takes it for, in their own words. */
const FORMS: readonly Form[] = [
  {
    message: /Cannot destructure property '[^']*' of '([^']+)' as it is (null|undefined)/,
    flaw: ([, , is]) => `is ${is}`,
    written: ([, expression]) => expression,
  },
  {
    message: /Cannot (?:read|set) propert(?:y|ies) of (null|undefined) \((?:reading|setting) '([^']+)'\)/,
    flaw: ([, is]) => `is ${is}`,
    written: ([, , property = ''], line) => receiverOf(property, line),
  },
  {
    message: /(?:^|\s)([\w$.]+(?:\(\.\.\.\))?) is (not a function|not iterable|not defined)/,
    flaw: ([, , is]) => `is ${is}`,
    written: ([, expression = ''], line) =>
      line.includes(expression.replace('(...)', '')) ? expression : undefined,
  },
  {
    message: /'NoneType' object has no attribute '([^']+)'/,
    flaw: () => 'is None',
    written: ([, attribute = ''], line) => receiverOf(attribute, line),
  },
  {
    message: /'NoneType' object is not subscriptable/,
    flaw: () => 'is None',
    written: (_, line) => INDEXED.exec(line)?.[1],
  },
  {
    message: /'NoneType' object is not iterable/,
    flaw: () => 'is None',
    written: (_, line) => /\bin ([A-Za-z_][\w.]*)/.exec(line)?.[1],
  },
  {
    message: /undefined method [`']([\w]+[?!=]?)' for nil/,
    flaw: () => 'is nil',
    written: ([, method = ''], line) => receiverOf(method, line),
  },
  {
    message: /because (?:the return value of )?"(?!<)([^"]+)" is null/,
    flaw: () => 'is null',
    written: ([, expression = ''], line) =>
      line.includes(expression.split(/[.(]/)[0] ?? '') ? expression : undefined,
  },
  {
    message: /nil pointer dereference/,
    flaw: () => 'is nil',
    written: (_, line) => only([...line.matchAll(/\b([a-z]\w*)\.\w/g)].map(([, root]) => root)),
  },
  {
    message: /\bKeyError: ['"]?([\w.-]+)['"]?$/,
    flaw: ([, key]) => `has no ${key}`,
    written: ([, key = ''], line) =>
      new RegExp(`([A-Za-z_][\\w.]*)\\[['"]${escaped(key)}['"]\\]`).exec(line)?.[1],
  },
  {
    message: /(?:index|Index) (?:out of range|\d+ out of bounds|\[?\d+\]? out of range)|IndexError/,
    flaw: () => 'is shorter than the index',
    written: (_, line) => INDEXED.exec(line)?.[1],
  },
];

const INDEXED = /([A-Za-z_$][\w$.]*)\[/;

function spokenOf(said: string, line: string): Spoken | null {
  for (const { message, flaw, written } of FORMS) {
    const match = message.exec(said);
    const expression = match === null ? undefined : written(match, line);
    if (match !== null && expression !== undefined) return { expression, flaw: flaw(match) };
  }
  return null;
}

/** What `property` is read of: `a.b(c)[d]` of `a.b(c)[d].property`. */
function receiverOf(property: string, line: string): string | undefined {
  const member = String.raw`(?:\??\.[\w$]+|\([^()]{0,80}\)|\[[^\[\]]{0,80}\])`;
  const form = new RegExp(
    String.raw`([A-Za-z_$@][\w$]*${member}{0,8}?)(?:\?|&)?\.${escaped(property)}(?![\w$])`,
  );
  return form.exec(line)?.[1];
}

function only(names: readonly (string | undefined)[]): string | undefined {
  const distinct = new Set(names);
  return distinct.size === 1 ? names[0] : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
