import type { CarriedLine } from '../domain/event.ts';
import type { StackTrace } from '../domain/trace.ts';
import { parseLine } from './formats/detect.ts';
import { isCause, isErrorHeader, isJavascriptFrame } from './traces/javascript.ts';
import { parseTrace } from './traces/parse.ts';
import { isChain, isPythonError, isTraceback } from './traces/python.ts';

/** A line where it stood. */
export interface Line {
  readonly text: string;
  readonly offset: number;
  /** What a cursor needs to go on from here. */
  readonly mark: string | null;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** What its carrier knows of it. */
  readonly carried: CarriedLine | null;
}

/** What the joiner makes of lines: one by itself, or many that are one stack trace (the first may be a logger's own line). */
export interface Joined {
  readonly lines: readonly [Line, ...Line[]];
  readonly trace: StackTrace | null;
}

/** Joins the lines of one stream. Lines that may become part of a trace are held until the next ones tell. */
export interface Joiner {
  push(line: Line, out: (joined: Joined) => void): void;
  /** Nothing more will come, or has not for too long: what is held is said now. */
  flush(out: (joined: Joined) => void): void;
  /** The first line that is held, or null. */
  held(): Line | null;
  /** When the last held line was read. */
  waitingSince(): number | null;
}

/** What held lines are, so far. */
type Phase =
  | 'idle'
  /** A line at level warn or above, which may introduce a trace. */
  | 'intro'
  /** Looks like the head of a trace: an error's class, or node's place and source excerpt; no frame yet. */
  | 'head'
  | 'javascript'
  | 'python'
  /** After a traceback's last line: only a chain goes on. */
  | 'python-end';

/** A head without a frame after so many lines is none. */
const LONGEST_HEAD = 8;
const LONGEST_TRACE = 600;

export function joiner(): Joiner {
  let phase: Phase = 'idle';
  let lines: Line[] = [];

  function release(out: (joined: Joined) => void): void {
    const held = lines;
    const was = phase;
    lines = [];
    phase = 'idle';
    if (was === 'idle' || was === 'intro' || was === 'head') emitEach(held, out);
    else emitTrace(held, out);
  }

  function start(line: Line, out: (joined: Joined) => void): void {
    phase = startOf(line);
    if (phase !== 'idle') lines = [line];
    else if (line.text !== '' && !TRAILER.test(line.text)) out({ lines: [line], trace: null });
  }

  return {
    push(line, out) {
      if (phase === 'idle') return start(line, out);
      const next = lines.length >= LONGEST_TRACE ? null : nextPhase(phase, line.text, lines);
      if (next !== null) {
        phase = next;
        lines.push(line);
        return;
      }
      release(out);
      start(line, out);
    },
    flush(out) {
      if (phase !== 'idle') release(out);
    },
    held: () => lines[0] ?? null,
    waitingSince: () => lines.at(-1)?.receivedAt ?? null,
  };
}

/** What node prints last when an error ends the process. */
const TRAILER = /^Node\.js v\d+\.\d+\.\d+\S*$/;
/** The place of an uncaught error: `/app/server.js:12`, `node:internal/process/promises:394`. */
const DUMP = /^(?:\/|file:\/\/|node:|[A-Za-z]:[\\/])\S.*:\d+$/;

/** A line by itself: what it may begin. Most lines are JSON or carry no trouble, and are let through at once. */
function startOf({ text, receivedAt }: Line): Phase {
  const first = text.charCodeAt(0);
  if (first === 123 || text === '') return 'idle';
  if (isTraceback(text)) return 'python';
  if (isErrorHeader(text) || DUMP.test(text)) return 'head';
  return MAYBE_TROUBLE.test(text) && isTrouble(text, receivedAt) ? 'intro' : 'idle';
}

/** Cheap: without one of these letters there is no level warn or above. */
const MAYBE_TROUBLE = /warn|err|fatal|crit|severe|panic|fail|exception|\b[EFW][ /\d]/i;

function isTrouble(text: string, receivedAt: number): boolean {
  const { level } = parseLine(text, receivedAt);
  return level === 'warn' || level === 'error' || level === 'fatal';
}

/** The phase with `text` taken in; null when it does not belong to the held lines. */
function nextPhase(phase: Phase, text: string, held: readonly Line[]): Phase | null {
  switch (phase) {
    case 'idle':
      return null;
    case 'intro':
      return nextOfIntro(text);
    case 'head':
      return nextOfHead(text, held);
    case 'javascript':
      return goesOn(text, held) ? 'javascript' : null;
    case 'python':
      return text.startsWith(' ') ? 'python' : isPythonError(text) ? 'python-end' : null;
    case 'python-end':
      return nextOfPython(text, held);
  }
}

function nextOfIntro(text: string): Phase | null {
  if (isJavascriptFrame(text)) return 'javascript';
  if (text.startsWith('Traceback (')) return 'python';
  return isErrorHeader(text) || DUMP.test(text) ? 'head' : null;
}

function nextOfHead(text: string, held: readonly Line[]): Phase | null {
  if (isJavascriptFrame(text)) return 'javascript';
  if (held.length >= LONGEST_HEAD || text.startsWith('{"') || STAMPED.test(text) || isTraceback(text))
    return null;
  if (isErrorHeader(text) && held.some((line) => isErrorHeader(line.text))) return null;
  return 'head';
}

/** Begins a record of its own. */
const STAMPED = /^\[?\d{2,4}[-/]\d\d[-/T ]\d\d/;
const MORE = /^\s+(?:\.\.\. \d+ (?:lines matching|more)|\[?\w[\w$[\]'.-]*\]?: |[}\]],?$|')/;
const CLOSING = /^[}\]],?$/;

function goesOn(text: string, held: readonly Line[]): boolean {
  if (isJavascriptFrame(text) || isCause(text) || MORE.test(text)) return true;
  const last = held.at(-1)?.text ?? '';
  if (text === '') return isDump(held) && last !== '';
  if (TRAILER.test(text)) return true;
  // Properties of the error, printed between braces.
  const open = held.some((line) => line.text.endsWith('{') && !line.text.startsWith('{'));
  return open && (CLOSING.test(text) || (text.startsWith('  ') && !closed(held)));
}

function closed(held: readonly Line[]): boolean {
  return held.some((line) => CLOSING.test(line.text));
}

function isDump(held: readonly Line[]): boolean {
  return held.some((line) => DUMP.test(line.text));
}

function nextOfPython(text: string, held: readonly Line[]): Phase | null {
  const last = held.at(-1)?.text ?? '';
  if (text === '') return last === '' ? null : 'python-end';
  if (isChain(text)) return 'python-end';
  return text.startsWith('Traceback (') &&
    held.some((line) => isChain(line.text)) &&
    (last === '' || isChain(last))
    ? 'python'
    : null;
}

function emitEach(held: readonly Line[], out: (joined: Joined) => void): void {
  for (const line of held) if (line.text !== '') out({ lines: [line], trace: null });
}

function emitTrace(held: readonly Line[], out: (joined: Joined) => void): void {
  const [first, ...rest] = held;
  if (first === undefined) return;
  const trace = parseTrace(held.map((line) => line.text));
  if (trace === null) emitEach(held, out);
  else out({ lines: [first, ...rest], trace });
}
