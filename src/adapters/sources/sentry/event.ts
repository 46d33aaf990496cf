import type { ErrorRecord, LogRecord } from '../../../domain/event.ts';
import { labelsOf, timeOf } from './bounded.ts';
import { levelOf } from './level.ts';
import type { SentryEvent, SentryException } from './payloads.ts';
import { stackOf } from './stack.ts';

/** Whose event it is, and when it came (epoch ms): its time if it names none. */
export interface Arrival {
  readonly project: string;
  readonly now: number;
}

const MOST_BREADCRUMBS = 20;
const LONGEST_BREADCRUMB = 300;
const LONGEST_MESSAGE = 10_000;

/**
 * An exception becomes an error with its stack trace; one of a language whose traces we do not read, and a message, become
 * a log record.
 */
export function eventRecord(event: SentryEvent, { project, now }: Arrival): ErrorRecord | LogRecord {
  const exceptions = event.exception ?? [];
  const trace = stackOf(exceptions, event.platform ?? null);
  const base = { timestamp: timeOf(event.timestamp) ?? now, metadata: metadataOf(event, project) };
  const level = levelOf(event.level) ?? 'error';
  const fields = fieldsOf(event);
  if (trace !== null)
    return { type: 'error', ...base, data: { message: trace.message, level, trace, fields } };
  const message = messageOf(event) ?? exceptionText(exceptions.at(-1)) ?? 'an event without a message';
  return { type: 'log', ...base, data: { message: message.slice(0, LONGEST_MESSAGE), level, fields } };
}

/** A `transaction`: what was done, and how long it took. Null when it does not say. */
export function transactionRecord(event: SentryEvent, { project, now }: Arrival): LogRecord | null {
  const began = timeOf(event.start_timestamp);
  const ended = timeOf(event.timestamp) ?? now;
  if (began === null) return null;
  const name = (event.transaction ?? 'a transaction without a name').slice(0, LONGEST_MESSAGE);
  return {
    type: 'log',
    timestamp: ended,
    metadata: metadataOf(event, project),
    data: {
      message: name,
      level: 'info',
      fields: {
        ...fieldsOf(event),
        route: name,
        duration_ms: Math.max(0, ended - began),
        op: event.contexts?.trace?.op ?? null,
        status: event.contexts?.trace?.status ?? null,
      },
    },
  };
}

function messageOf({ message, logentry }: SentryEvent): string | null {
  const said = logentry ?? message;
  return said?.formatted ?? said?.message ?? null;
}

function exceptionText(exception: SentryException | undefined): string | null {
  if (exception === undefined) return null;
  return [exception.type, exception.value].filter(Boolean).join(': ');
}

function metadataOf(event: SentryEvent, project: string) {
  const { release, environment, server_name, transaction, platform, tags } = event;
  const tagged = Object.entries(tags ?? {}).map(([name, value]) => [`tags.${name}`, value] as const);
  const own = { project, platform, release, environment, server_name, transaction };
  return labelsOf({ ...own, ...Object.fromEntries(tagged) });
}

function fieldsOf(event: SentryEvent): Readonly<Record<string, unknown>> {
  const { event_id, logger, request, contexts, exception } = event;
  const said = (exception ?? []).length > 0 ? messageOf(event) : null;
  const known = {
    event_id,
    logger,
    message: said?.slice(0, LONGEST_MESSAGE),
    request: request === null || request === undefined ? null : short(request),
    trace_id: contexts?.trace?.trace_id,
    breadcrumbs: breadcrumbsOf(event),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => (value ?? null) !== null));
}

/** The last of them: what the application did before. */
function breadcrumbsOf({ breadcrumbs }: SentryEvent) {
  const last = (breadcrumbs ?? []).slice(-MOST_BREADCRUMBS);
  return last.length === 0 ? null : last.map(short);
}

/** Texts of these, shortened. */
function short(values: Readonly<Record<string, string | number | null | undefined>>) {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => (value ?? null) !== null)
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, LONGEST_BREADCRUMB) : value]),
  );
}
