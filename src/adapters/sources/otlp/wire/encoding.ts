import { type Answer, Refusal } from '../../http-listener.ts';
import { loadProtobuf, type Protobuf, type RequestName } from './protobuf.ts';
import type { Understood } from './understood.ts';

/** How requests and answers are written: an answer comes in the encoding of its request. */
export interface Encoding {
  /** @throws Refusal 400 */
  decode(request: RequestName, body: Buffer): unknown;
  /** An Export*ServiceResponse; `rejected` is the name of the count in JSON, `partial` null when all was used. */
  response(rejected: string, partial: Understood | null): Uint8Array;
  /** A google.rpc.Status. */
  status(refusal: { readonly status: number; readonly message: string }): Uint8Array;
  answer(status: number, body: Uint8Array, headers?: Readonly<Record<string, string>>): Answer;
}

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

let protobuf: Promise<Protobuf> | null = null;

/** @throws Refusal 415 */
export async function encodingOf(contentType: string | undefined): Promise<Encoding> {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === JSON_TYPE) return JSON_ENCODING;
  if (type !== PROTOBUF) throw new Refusal(415, `send ${PROTOBUF} or ${JSON_TYPE}`);
  protobuf ??= loadProtobuf();
  return protobufEncoding(await protobuf);
}

function answerIn(type: string): Encoding['answer'] {
  return (status, body, headers = {}) => ({ status, body, headers: { ...headers, 'content-type': type } });
}

const JSON_ENCODING: Encoding = {
  decode(request, body) {
    try {
      return JSON.parse(body.toString());
    } catch {
      throw new Refusal(400, `this is no JSON of ${request}`);
    }
  },
  response: (rejected, partial) =>
    json(partial === null ? {} : { partialSuccess: partialOf(rejected, partial) }),
  status: ({ status, message }) => json({ code: rpcCode(status), message }),
  answer: answerIn(JSON_TYPE),
};

/** An int64 is text in the JSON of protobuf. */
function partialOf(name: string, { rejected, reason }: Understood): object {
  return { [name]: String(rejected), errorMessage: reason };
}

function json(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

const NOTHING = new Uint8Array();

function protobufEncoding({ decode, encodePartialSuccess, encodeStatus }: Protobuf): Encoding {
  return {
    decode(request, body) {
      try {
        return decode(request, body);
      } catch {
        throw new Refusal(400, `this is no protobuf of ${request}`);
      }
    },
    response: (_, partial) =>
      partial === null ? NOTHING : encodePartialSuccess(partial.rejected, partial.reason),
    status: ({ status, message }) => encodeStatus(rpcCode(status), message),
    answer: answerIn(PROTOBUF),
  };
}

/** google.rpc.Code of a refusal: INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNAVAILABLE. */
function rpcCode(status: number): number {
  if (status < 429) return 3;
  return status === 429 ? 8 : 14;
}
