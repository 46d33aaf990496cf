import { VigilError } from '../../../domain/errors.ts';
import type { EventRecord } from '../../../domain/event.ts';
import type { Intake, Listen } from '../../../ports/source.ts';
import {
  type Answer,
  type HttpListenerDeps,
  httpListener,
  keep,
  type Posted,
  type PostHead,
  Refusal,
} from '../http-listener.ts';
import { jsonOf, parseEnvelope } from './envelope.ts';
import type { Arrival } from './event.ts';
import type { SentryOptions } from './options.ts';
import { itemRecords } from './records.ts';

/** The ingest of Sentry: `POST /api/<project>/envelope/`, and `/store/` of older SDKs. Any DSN that points here is served. */
export function sentryReceiver(options: SentryOptions, deps: HttpListenerDeps): Listen {
  const { name: source, host, port, origins, key, maxBodyMb } = options;
  const admit = (head: PostHead) => {
    if (key !== null && keyOf(head) !== key) throw new Refusal(403, 'the DSN names another public key');
  };
  return (intake) => {
    const answerWith = (read: Read) => async (posted: Posted) => {
      const { records, id } = read(posted, {
        project: posted.params['project'] ?? '',
        now: deps.clock.now(),
      });
      await keepOrCount(intake, records);
      return { status: 200, body: id === null ? {} : { id } } satisfies Answer;
    };
    return httpListener(
      { host, port, source, origins, maxBodyBytes: Math.round(maxBodyMb * 1024 * 1024) },
      [
        { path: /^\/api\/(?<project>[\w-]{1,64})\/envelope\/?$/, admit, answer: answerWith(readEnvelope) },
        { path: /^\/api\/(?<project>[\w-]{1,64})\/store\/?$/, admit, answer: answerWith(readStore) },
      ],
      deps,
    );
  };
}

interface Understood {
  readonly records: readonly EventRecord[];
  readonly id: string | null;
}

/** @throws Refusal 400 */
type Read = (posted: Posted, arrival: Arrival) => Understood;

const readEnvelope: Read = ({ body }, arrival) => {
  const envelope = parseEnvelope(body);
  if (typeof envelope === 'string') throw new Refusal(400, envelope);
  const records = envelope.items.flatMap((item, index) => {
    const read = itemRecords(item, arrival);
    if (read === null) throw new Refusal(400, `item ${index + 1} is not what its type says`);
    return read;
  });
  return { records, id: textOf(envelope.header['event_id']) };
};

const readStore: Read = ({ body }, arrival) => {
  const records = itemRecords({ type: 'event', payload: body }, arrival);
  if (records === null) throw new Refusal(400, 'the body is not the JSON of an event');
  const event = jsonOf(body) as Readonly<Record<string, unknown>>;
  return { records, id: textOf(event['event_id']) };
};

/** SDKs do not send again what was refused: it is lost, so it counts. */
async function keepOrCount(intake: Intake, records: readonly EventRecord[]): Promise<void> {
  try {
    await keep(intake, records);
  } catch (error) {
    if (error instanceof VigilError) intake.drop(records.length);
    throw error;
  }
}

const KEY = /(?:^|[\s,])sentry_key=(?<key>[\w-]{1,128})/;

/** In the query, or in the header that older SDKs send. */
function keyOf({ query, headers }: PostHead): string | null {
  const header = headers['x-sentry-auth'] ?? headers.authorization;
  return query.get('sentry_key') ?? KEY.exec(String(header ?? ''))?.groups?.['key'] ?? null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && /^[\da-f-]{1,36}$/i.test(value) ? value : null;
}
