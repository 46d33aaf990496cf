import type { Labels, Level, LogRecord } from '../../../domain/event.ts';
import { exceptionText, withException } from './exception.ts';
import { resourceLabels } from './labels.ts';
import { rejects, timeOf, type Understood } from './wire/understood.ts';
import { type Fields, isFields } from './wire/value.ts';
import type { LogsRequest, WireLog } from './wire/wire.ts';

/** Log records as they are, one each. `now` (epoch ms) is the time of those that carry none. */
export function readLogs({ resourceLogs }: LogsRequest, now: number): Understood {
  const records: LogRecord[] = [];
  const unusable = rejects();
  for (const { resource, scopeLogs } of resourceLogs) {
    const metadata = resourceLabels(resource.attributes);
    for (const wire of scopeLogs.flatMap(({ logRecords }) => logRecords)) {
      const record = logRecordOf(wire, metadata, now);
      if (record === null) unusable.add('a log record has neither body nor attributes nor event name');
      else records.push(record);
    }
  }
  return { records, rejected: unusable.count(), reason: unusable.reason() };
}

/** Null for one that says nothing. */
function logRecordOf(wire: WireLog, metadata: Labels, now: number): LogRecord | null {
  const { attributes, body, eventName } = wire;
  const said = saidIn(body);
  const message = said.message || eventName || exceptionText(attributes);
  if (message === '' && Object.keys(attributes).length + Object.keys(said.fields).length === 0) return null;
  return {
    type: 'log',
    timestamp: timeOf([wire.timeUnixNano, wire.observedTimeUnixNano], now),
    metadata,
    data: { message, level: levelOf(wire), fields: fieldsOf(wire, said.fields) },
  };
}

function fieldsOf({ attributes, traceId, spanId, eventName }: WireLog, said: Fields): Fields | null {
  const fields: Record<string, unknown> = { ...said, ...withException(attributes) };
  if (eventName !== '') fields['event_name'] = eventName;
  if (traceId !== null) fields['trace_id'] = traceId;
  if (spanId !== null) fields['span_id'] = spanId;
  return Object.keys(fields).length === 0 ? null : fields;
}

interface Said {
  readonly message: string;
  readonly fields: Fields;
}

const NO_FIELDS: Fields = {};
/** As with lines of a file. */
const LONGEST_MESSAGE = 1024 * 1024;

/** A body is a text, or a structure that carries its message, or any other value. */
function saidIn(body: unknown): Said {
  if (typeof body === 'string') return saidInText(body.slice(0, LONGEST_MESSAGE));
  if (isFields(body)) {
    const named = ['message', 'msg', 'text'].find((name) => typeof body[name] === 'string');
    if (named === undefined) return { message: JSON.stringify(body), fields: body };
    const { [named]: message, ...fields } = body;
    return { message: String(message), fields };
  }
  return { message: body === null ? '' : JSON.stringify(body), fields: NO_FIELDS };
}

/** Lines that only a stack trace has: those of collectors that read a whole trace as one body. */
const TRACE_LINE = /\n[ \t]{1,8}(?:at |File ")|\ngoroutine \d/;

function saidInText(text: string): Said {
  if (!TRACE_LINE.test(text)) return { message: text, fields: NO_FIELDS };
  return { message: text.slice(0, text.indexOf('\n')), fields: { stack: text } };
}

/** By severity number: four to a level, from 1. */
const LEVELS: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
/** For senders that give only a text. */
const WORDS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ...LEVELS.map((level) => [level, level] as const),
  ['warning', 'warn'],
  ['err', 'error'],
  ['critical', 'fatal'],
]);

function levelOf({ severityNumber, severityText }: WireLog): Level | null {
  const level = severityNumber > 0 ? LEVELS[Math.floor((severityNumber - 1) / 4)] : undefined;
  return level ?? WORDS.get(severityText.toLowerCase()) ?? null;
}
