import { StringDecoder } from 'node:string_decoder';
import type { Labels } from '../../../domain/event.ts';
import { type RecordQueue, recordQueue } from '../record-queue.ts';
import { frameCutter, type Message, type MessageCutter, rawCutter } from './frames.ts';
import { epochMs, type Instant } from './instant.ts';
import { type LogPlace, markText, placeAfter } from './place.ts';
import { type Seam, seamAt } from './seam.ts';
import { stampAt } from './stamp.ts';

/** The log of one container as numbered records, each with the place at which it begins. */
export interface LogRecords extends Pick<RecordQueue, 'size' | 'batch' | 'cursor'> {
  /** A new stream begins, a little before the place. */
  open(terminal: boolean): void;
  /** @throws VigilError where the stream breaks the protocol. */
  push(chunk: Buffer, labels: Labels): void;
  /** The stream ended. `forGood`: there will be no other one. */
  end(labels: Labels, forGood: boolean): void;
  /** After what was read. */
  place(): LogPlace;
  /** Lines cut, and places not found again, since the last call. */
  takeLosses(): { readonly cut: number; readonly torn: boolean };
}

interface Stamped {
  readonly time: Instant;
  readonly message: Message;
  readonly text: Buffer;
}

export function logRecords(stream: string, offset: number, from: LogPlace): LogRecords {
  const queue = recordQueue({ stream, offset, mark: markText(from) });
  let place = from;
  let cutter: MessageCutter = frameCutter();
  let seam: Seam<Stamped> = seamAt(from);
  let lastTime = from.time;
  let textOf = laneTexts();

  const pass = (message: Message): readonly Stamped[] => {
    const stamp = stampAt(message.bytes, 0);
    lastTime = stamp?.time ?? lastTime;
    return seam.pass({ time: lastTime, message, text: message.bytes.subarray(stamp?.end ?? 0) });
  };
  const take = (passed: readonly Stamped[], metadata: Labels) => {
    for (const { time, message, text } of passed) {
      const { lane, partial } = message;
      const line = { text: textOf(lane, text, partial), timestamp: epochMs(time), level: null };
      place = placeAfter(place, time);
      queue.add({ type: 'line', ...line, lane, partial, metadata }, markText(place));
    }
  };
  return {
    open(terminal) {
      cutter = terminal ? rawCutter() : frameCutter();
      seam = seamAt(place);
      textOf = laneTexts();
    },
    push(chunk, labels) {
      for (const message of cutter.push(chunk)) take(pass(message), labels);
    },
    end(labels, forGood) {
      if (forGood) take(cutter.flush().flatMap(pass), labels);
      take(seam.end(), labels);
    },
    place: () => place,
    takeLosses: () => ({ cut: cutter.takeCut(), torn: seam.takeTorn() }),
    size: queue.size,
    batch: queue.batch,
    cursor: queue.cursor,
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
