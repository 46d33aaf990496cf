import type { Level } from '../../../domain/event.ts';
import { isDigit, isLetter } from '../characters.ts';
import type { Head } from './head-rest.ts';

/**
 * What was read before in the same characters, from the level on: loggers are few, and their lines many. Only heads that a
 * letter ends and that name a logger: no character behind such a one has a say in it.
 */
interface KnownHead {
  /** From the level to the message. */
  readonly text: string;
  readonly level: Level | null;
  readonly logger: string;
  readonly thread: string | null;
}

/** A power of 2. Heads are told apart by a few of their characters; of those that agree in them the last four are kept. */
const SETS = 64;
const IN_SET = 4;
const makeSets = () => Array.from({ length: SETS }, (): KnownHead[] => []);

/** Those before whose level a thread stood, and the others. */
const threaded = makeSets();
const unthreaded = makeSets();

function setAt(text: string, at: number, isThreaded: boolean): KnownHead[] | undefined {
  const near = text.charCodeAt(at) ^ (text.charCodeAt(at + 4) << 2);
  const far = (text.charCodeAt(at + 9) << 1) ^ (text.charCodeAt(at + 14) << 3);
  return (isThreaded ? threaded : unthreaded)[(near ^ far) & (SETS - 1)];
}

/** Fills in what is known of a head whose level begins at `at`, if it is. */
export function fillKnown(text: string, at: number, head: Head): boolean {
  if (head.logger !== null || isDigit(text.charCodeAt(at))) return false;
  for (const known of setAt(text, at, head.thread !== null) ?? []) {
    const end = at + known.text.length;
    if (!text.startsWith(known.text, at) || !isLetter(text.charCodeAt(end))) continue;
    head.level = known.level;
    head.logger = known.logger;
    head.thread ??= known.thread;
    head.end = end;
    return true;
  }
  return false;
}

/** A bracket of several words is part of a head only for what stands behind it. */
const WORDS_IN_BRACKETS = /[[(][^\])]* /;
/** What is kept is a part of the line, and keeps all of it. */
const LONGEST_LINE = 2000;
const LONGEST_HEAD = 80;

/** Learns a head whose level begins at `at`; `isThreaded`: a thread stood before it. */
export function learnHead(text: string, at: number, head: Head, isThreaded: boolean): void {
  const { level, logger, thread, end } = head;
  if (logger === null || !isLetter(text.charCodeAt(end))) return;
  if (end - at > LONGEST_HEAD || text.length > LONGEST_LINE) return;
  const own = text.slice(at, end);
  const set = setAt(text, at, isThreaded);
  if (set === undefined || WORDS_IN_BRACKETS.test(own)) return;
  set.unshift({ text: own, level, logger, thread: isThreaded ? null : thread });
  if (set.length > IN_SET) set.pop();
}
