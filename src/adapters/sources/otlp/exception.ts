import type { Fields } from './wire/value.ts';

const NAMES = ['exception.type', 'exception.message', 'exception.stacktrace', 'exception.escaped'] as const;

/** The attributes, with an exception in them (semantic conventions) as the field `exception: {type, message, stack}`. */
export function withException(attributes: Fields): Fields {
  const [type, message, stack] = NAMES.map((name) => attributes[name]);
  if (type === undefined && message === undefined && stack === undefined) return attributes;
  const rest: Record<string, unknown> = { ...attributes };
  for (const name of NAMES) delete rest[name];
  return { ...rest, exception: { type, message, stack } };
}

/** Such as `TypeError: x is undefined`; empty when the attributes hold no exception. */
export function exceptionText(attributes: Fields): string {
  return [attributes['exception.type'], attributes['exception.message']]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(': ');
}
