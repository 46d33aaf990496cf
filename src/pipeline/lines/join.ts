import { TRAILER } from '../traces/javascript.ts';
import { alone, type Held, hold, isStranger, released, take } from './join/held.ts';
import { type Joined, type Line, writtenAt } from './join/line.ts';
import { pieces } from './join/pieces.ts';
import { type LevelOf, levelOfLine, startOf } from './join/start.ts';
import { isRecord, writerOf } from './join/writer.ts';

export type { Joined, Line } from './join/line.ts';
export type { LevelOf } from './join/start.ts';

/**
 * Joins the lines of one stream, or of one writer of it. Lines that may become part of a trace are held until the next ones
 * tell. Everything comes out once, in order, but empty lines and node's version line (which may end a trace). The same
 * lines give the same however they are cut into batches.
 */
export interface Joiner {
  push(line: Line, out: Out): void;
  /** Nothing more will come, or has not for too long: what is held is said now. */
  flush(out: Out): void;
  /** The first line that is held, or null. */
  held(): Line | null;
  /** When the last line of what has been held longest was read, epoch ms. */
  waitingSince(): number | null;
}

type Out = (joined: Joined) => void;

/** Most lines are JSON, which begins nothing. */
const BRACE = 123;
/** Held lines wait for so many lines of other writers. */
const MOST_STRANGERS = 32;

/** `levelOf`: as the lines' own reader tells it. */
export function joiner(levelOf: LevelOf = levelOfLine): Joiner {
  const cut = pieces();
  /** In the order of their first lines; what is done waits for those before it. */
  let queue: (Held | Joined)[] = [];

  function push(line: Line, out: Out): void {
    if (queue.length > 0) {
      if (queue.findLast((one) => isHeld(one) && take(one, line)) !== undefined) return;
      queue = endedBy(queue, line);
      say(out);
    }
    begin(line, out);
  }

  /** A line that goes on with nothing. */
  function begin(line: Line, out: Out): void {
    const isJson = line.text.charCodeAt(0) === BRACE;
    const state = isJson ? null : startOf(line.text, writtenAt(line), levelOf);
    if (state !== null) queue.push(hold(line, state));
    else if (queue.length > 0) queue.push(alone(line));
    else if (isSaid(line)) out(alone(line));
  }

  /** Says what is done, up to the first that is still held: no line comes out behind one that is held. */
  function say(out: Out): void {
    const open = queue.find(isHeld)?.lines[0].offset ?? Number.POSITIVE_INFINITY;
    const waits = queue.findIndex((one) => isHeld(one) || (one.lines.at(-1)?.offset ?? 0) > open);
    const done = waits === -1 ? queue : queue.slice(0, waits);
    queue = waits === -1 ? [] : queue.slice(waits);
    for (const one of done) if (!isHeld(one)) sayOne(one, out);
  }

  return {
    push(line, out) {
      const whole = line.carried === null && cut.first() === null ? line : cut.add(line);
      if (whole !== null) push(whole, out);
    },
    flush(out) {
      const rest = cut.take();
      if (rest !== null) push(rest, out);
      queue = endedBy(queue, null);
      say(out);
    },
    held: () => queue[0]?.lines[0] ?? cut.first(),
    waitingSince: () => queue.find(isHeld)?.lines.at(-1)?.receivedAt ?? cut.since(),
  };
}

function isHeld(one: Held | Joined): one is Held {
  return 'state' in one;
}

/** Ends what is held, but for traces of other writers than this line's. Null: everything ends. */
function endedBy(queue: readonly (Held | Joined)[], line: Line | null): (Held | Joined)[] {
  const isWaiting = line !== null && queue.some((one) => isHeld(one) && one.state !== 'intro');
  const writer = isWaiting ? writerOf(line.text) : null;
  const byRecord = isWaiting && isRecord(line.text);
  const left = queue.flatMap((one): readonly (Held | Joined)[] => {
    if (!isHeld(one)) return [one];
    one.strangers += 1;
    return isStranger(one, writer) && one.strangers <= MOST_STRANGERS ? [one] : released(one, byRecord);
  });
  return left.length === 1 ? left : left.sort((a, b) => a.lines[0].offset - b.lines[0].offset);
}

function sayOne(joined: Joined, out: Out): void {
  if (joined.lines.length > 1 || isSaid(joined.lines[0])) out(joined);
}

/** Empty lines say nothing, nor does the version that node prints last. */
function isSaid({ text }: Line): boolean {
  return text.length > 0 && !(text.startsWith('Node.js') && TRAILER.test(text));
}
