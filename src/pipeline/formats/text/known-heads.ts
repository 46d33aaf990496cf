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
  /** A thread stood before the level. */
  readonly threaded: boolean;
  readonly level: Level | null;
  readonly logger: string;
  readonly thread: string | null;
}

/** The sets are told apart by a few characters; in each are those that were read last. */
const SETS = 64;
const IN_SET = 4;
const sets: readonly KnownHead[][] = Array.from({ length: SETS }, () => []);

const NONE: KnownHead[] = [];

function setAt(text: string, at: number): KnownHead[] {
  const sum = text.charCodeAt(at) + 3 * text.charCodeAt(at + 4) + 7 * text.charCodeAt(at + 9);
  return sets[sum % SETS] ?? NONE;
}

/** Fills in what is known of a head whose level begins at `at`, if it is. */
export function fillKnown(text: string, at: number, head: Head): boolean {
  if (head.logger !== null || isDigit(text.charCodeAt(at))) return false;
  for (const one of setAt(text, at)) {
    if (one.threaded !== (head.thread !== null) || !text.startsWith(one.text, at)) continue;
    const end = at + one.text.length;
    if (!isLetter(text.charCodeAt(end))) continue;
    head.level = one.level;
    head.logger = one.logger;
    head.thread ??= one.thread;
    head.end = end;
    return true;
  }
  return false;
}

/** What is kept is a part of the line, and keeps all of it. */
const LONGEST_LINE = 2000;
const LONGEST_HEAD = 80;

/** Remembers a head whose level begins at `at`; `threaded` as above. */
export function remember(text: string, at: number, head: Head, threaded: boolean): void {
  const { level, logger, thread, end } = head;
  if (logger === null || !isLetter(text.charCodeAt(end))) return;
  if (end - at > LONGEST_HEAD || text.length > LONGEST_LINE) return;
  const set = setAt(text, at);
  set.unshift({ text: text.slice(at, end), threaded, level, logger, thread: threaded ? null : thread });
  if (set.length > IN_SET) set.pop();
}
