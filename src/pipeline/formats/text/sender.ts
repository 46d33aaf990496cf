import type { Labels } from '../../../domain/event.ts';
import { levelOf } from '../level.ts';

/** Who wrote a syslog message; what its header does not name is null. */
export interface Sender {
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: string | null;
  /** Tells his lines from those of others; null for nobody. */
  readonly lane: string | null;
  readonly labels: Labels;
}

export function senderOf(host: string | null, program: string | null, pid: string | null): Sender {
  const tag = program === null || pid === null ? program : `${program}[${pid}]`;
  const lane = host !== null && tag !== null ? `${host} ${tag}` : (tag ?? host);
  return { host, program, pid, lane, labels: { ...(host && { host }), ...(program && { program }) } };
}

export const NOBODY = senderOf(null, null, null);

export interface FoundSender {
  readonly sender: Sender;
  /** Where the message begins. */
  readonly end: number;
}

/** `host program[pid]: `; `host last message repeated 2 times`; `known`: one is sure to be there, also without the host. */
export function senderAt(line: string, from: number, known: boolean): FoundSender | null {
  const at = line.indexOf(' ', from) + 1;
  const set = setAt(line, at);
  return knownAt(set, line, from, at) ?? unknownAt(set, line, from, known);
}

function unknownAt(set: KnownSender[], line: string, from: number, known: boolean): FoundSender | null {
  const at = endOf(HOST, line, from);
  if (at === -1) return null;
  const host = line.slice(from, at - 1);
  if (levelOf(host) !== null) return null;
  const found = tagAt(line, at, host);
  if (found !== null) {
    learn(set, line, at, found);
    return found;
  }
  if (repeatsAt(line, at)) return { sender: senderOf(host, null, null), end: at };
  return known ? tagAt(line, from, null) : null;
}

/** What was read before in the same characters: senders are few, and their lines many. */
interface KnownSender {
  /** From the program to the message. */
  readonly tag: string;
  readonly host: string;
  readonly sender: Sender;
}

/** A power of 2. Programs are told apart by a few of their characters; of those that agree in them the last four are kept. */
const SETS = 64;
const IN_SET = 4;
const sets = Array.from({ length: SETS }, (): KnownSender[] => []);
const NONE: KnownSender[] = [];

/** Where a program that begins at `at` is kept. */
function setAt(line: string, at: number): KnownSender[] {
  const near = line.charCodeAt(at) ^ (line.charCodeAt(at + 3) << 2);
  const far = (line.charCodeAt(at + 7) << 1) ^ (line.charCodeAt(at + 12) << 3);
  return sets[(near ^ far) & (SETS - 1)] ?? NONE;
}

function knownAt(set: readonly KnownSender[], line: string, from: number, at: number): FoundSender | null {
  for (const { tag, host, sender } of set) {
    const isSame = line.startsWith(tag, at) && at === from + host.length + 1 && line.startsWith(host, from);
    if (isSame) return { sender, end: at + tag.length };
  }
  return null;
}

/** What is kept is a part of the line, and keeps all of it. */
const LONGEST_LINE = 2000;
const LONGEST_TAG = 200;

/** Only where a blank ends it: no character behind that has a say in it. */
function learn(set: KnownSender[], line: string, at: number, { sender, end }: FoundSender): void {
  if (line.charCodeAt(end - 1) !== 32 || end - at > LONGEST_TAG || line.length > LONGEST_LINE) return;
  set.unshift({ tag: line.slice(at, end), host: sender.host ?? '', sender });
  if (set.length > IN_SET) set.pop();
}

/** Of several words a program's name is one only with a pid, and on macOS it may say for whom it runs. */
const FOR = String.raw`(?: \([^()]{1,160}\))?: ?`;
const LONG_TAG = new RegExp(
  String.raw`([\w./()@+-]{1,48}(?: [\w./()@+-]{1,32}){1,3})\[(\d{1,10})\]${FOR}`,
  'y',
);
const PROGRAM = /[\w./()@+-]{1,64}/y;
const PID = /\[\d{1,10}\]/y;
const BEFORE_MESSAGE = new RegExp(FOR, 'y');
const HOST = /[\w.:-]{1,128} /y;

/** Where the pattern ends that begins at `from`; -1 when it does not. */
function endOf(pattern: RegExp, line: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(line) ? pattern.lastIndex : -1;
}

const REPEATED = /(?:--- )?last message repeated \d/y;

function repeatsAt(line: string, from: number): boolean {
  REPEATED.lastIndex = from;
  return REPEATED.test(line);
}

/** Program, perhaps with a pid. */
export function tagAt(line: string, from: number, host: string | null): FoundSender | null {
  const named = endOf(PROGRAM, line, from);
  if (named === -1) return null;
  const numbered = endOf(PID, line, named);
  const end = endOf(BEFORE_MESSAGE, line, numbered === -1 ? named : numbered);
  if (end === -1) return longTagAt(line, from, host);
  const program = line.slice(from, named);
  if (levelOf(program) !== null) return longTagAt(line, from, host);
  return {
    sender: senderOf(host, program, numbered === -1 ? null : line.slice(named + 1, numbered - 1)),
    end,
  };
}

function longTagAt(line: string, from: number, host: string | null): FoundSender | null {
  LONG_TAG.lastIndex = from;
  const [, program, pid = null] = LONG_TAG.exec(line) ?? [];
  if (program === undefined || levelOf(program) !== null) return null;
  return { sender: senderOf(host, program, pid), end: LONG_TAG.lastIndex };
}
