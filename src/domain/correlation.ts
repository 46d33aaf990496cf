import type { Labels } from './event.ts';

/** What ties records together: the id of a trace, a request, a session of work. */
export interface CorrelationId {
  /** As it is called there: `trace_id`, `requestId`, `x-request-id`. */
  readonly name: string;
  readonly value: string;
}

const NAME = String.raw`(?:x[-_])?(?:trace|request|req|correlation|transaction|job)[-_. ]?id|traceparent`;
const NAMED = new RegExp(`^(?:${NAME})$`, 'i');
/** `trace_id=4bf9...`, `"requestId":"r-17"`, `[req-id: 9]`. */
const WRITTEN = new RegExp(String.raw`\b(${NAME})["']?\s{0,2}[:=]\s{0,2}["']?([\w.:-]{4,128})`, 'gi');
/** W3C trace context: the trace id is its second part. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const MOST = 3;

/** The ids that a record carries, in its labels first and then in its text; at most three. */
export function correlationIds(said: {
  readonly labels: Labels;
  readonly text: string;
}): readonly CorrelationId[] {
  const labelled = Object.entries(said.labels).filter(
    ([name, value]) => NAMED.test(name) && value.length >= 4,
  );
  const written = [...said.text.slice(0, 10_000).matchAll(WRITTEN)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const byValue = new Map<string, CorrelationId>();
  for (const [name, raw] of [...labelled, ...written]) {
    const value = TRACEPARENT.exec(raw)?.[1] ?? raw;
    if (/\d/.test(value) && !byValue.has(value)) byValue.set(value, { name, value });
  }
  return [...byValue.values()].slice(0, MOST);
}
