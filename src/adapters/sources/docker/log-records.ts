import { StringDecoder } from 'node:string_decoder';
import type { CarriedLine, Labels } from '../../../domain/event.ts';
import type { Batch, Cursor } from '../../../ports/source.ts';
import { frameCutter, type Message, type MessageCutter, rawCutter } from './frames.ts';
import { epochMs, type Instant } from './instant.ts';
import { type LogPlace, markText, placeAfter } from './place.ts';
import { type Seam, seamAt } from './seam.ts';
import { stampAt } from './stamp.ts';

/** The log of one container as numbered records, each with the place at which it begins. */
export interface LogRecords {
  /** A new stream begins, a little before the place. */
  open(terminal: boolean): void;
  /** @throws VigilError where the stream breaks the protocol. */
  push(chunk: Buffer, labels: Labels): void;
  /** The stream ended. `forGood`: there will be no other one. */
  end(labels: Labels, forGood: boolean): void;
  /** Records that were read and not yet given. */
  waiting(): number;
  /** At most 4,096 of them. */
  batch(now: number): Batch;
  /** After what was given. */
  cursor(): Cursor;
  /** After what was read. */
  place(): LogPlace;
  /** Lines cut, and places not found again, since the last call. */
  takeLosses(): { readonly cut: number; readonly torn: boolean };
}

const MOST_RECORDS = 4096;

interface Stamped {
  readonly time: Instant;
  readonly message: Message;
  readonly text: Buffer;
}

interface Read {
  readonly record: CarriedLine;
  readonly mark: string;
  readonly after: LogPlace;
}

export function logRecords(stream: string, first: number, from: LogPlace): LogRecords {
  let place = from;
  let given = from;
  let number = first;
  let waiting: Read[] = [];
  let cutter: MessageCutter = frameCutter();
  let seam: Seam<Stamped> = seamAt(from);
  let lastTime = from.time;
  let texts = laneTexts();

  const stamped = (message: Message): Stamped => {
    const stamp = stampAt(message.bytes, 0);
    lastTime = stamp?.time ?? lastTime;
    return { time: lastTime, message, text: message.bytes.subarray(stamp?.end ?? 0) };
  };
  const take = ({ time, message, text }: Stamped, metadata: Labels) => {
    const { lane, partial } = message;
    const mark = markText(place);
    place = placeAfter(place, time);
    const line = { text: texts(lane, text, partial), timestamp: epochMs(time), level: null };
    waiting.push({ record: { type: 'line', ...line, lane, partial, metadata }, mark, after: place });
  };
  const cursor = (): Cursor => ({ stream, offset: number, mark: markText(given) });
  return {
    cursor,
    open(terminal) {
      cutter = terminal ? rawCutter() : frameCutter();
      seam = seamAt(place);
      texts = laneTexts();
    },
    push(chunk, labels) {
      for (const message of cutter.push(chunk)) {
        for (const one of seam.pass(stamped(message))) take(one, labels);
      }
    },
    end(labels, forGood) {
      const last = forGood ? cutter.flush() : [];
      for (const one of [...last.flatMap((message) => seam.pass(stamped(message))), ...seam.end()]) {
        take(one, labels);
      }
    },
    waiting: () => waiting.length,
    batch(now) {
      const some = waiting.slice(0, MOST_RECORDS);
      waiting = waiting.slice(MOST_RECORDS);
      given = some.at(-1)?.after ?? given;
      const offsets = some.map((_, i) => number + i);
      number += some.length;
      return {
        stream,
        records: some.map(({ record }) => record),
        offsets,
        marks: some.map((one) => one.mark),
        mark: markText(given),
        cursor: cursor(),
        receivedAt: now,
        ended: false,
      };
    },
    place: () => place,
    takeLosses: () => ({ cut: cutter.takeCut(), torn: seam.takeTorn() }),
  };
}

/** A character may be cut in two between the pieces of a line. */
function laneTexts() {
  const open = new Map<Message['lane'], StringDecoder>();
  return (lane: Message['lane'], bytes: Buffer, partial: boolean): string => {
    const known = open.get(lane);
    if (known === undefined && !partial) return bytes.toString('utf8');
    const decoder = known ?? new StringDecoder('utf8');
    if (partial) {
      open.set(lane, decoder);
      return decoder.write(bytes);
    }
    open.delete(lane);
    return decoder.end(bytes);
  };
}
