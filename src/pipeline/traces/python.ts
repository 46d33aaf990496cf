import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, traceOf } from './lines.ts';

const START = 'Traceback (most recent call last):';
const FRAME = /^\s*File "([^"]{1,1000})", line (\d{1,9})(?:, in (.{1,500}))?$/;
/** The line after the frames: `ValueError: x`, `KeyboardInterrupt`, `pkg.errors.NotFound: y`. */
export const PYTHON_ERROR = /^([A-Za-z_][\w.]*)(?:: ?(.*))?$/;
/** Between two traces of a chain: the first is what caused the second. */
export const CHAIN =
  /^(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:)$/;
/** `+-+---------------- 1 ----------------`: the next error of a group begins. */
const NEXT = /^(?:\+-)?\+-{4,} (?:\d+|\.\.\.) -{4,}$/;
const END = /^\+-{20,}$/;
/** The rails at the left of an exception group. */
const MARGIN = /^\s*[|+] ?/;

export function isTraceback(line: string): boolean {
  return line.includes(START);
}

/**
 * A Python traceback. Chained ones are causes: the last of a chain is the error, the one before its cause. The errors of
 * an `ExceptionGroup` (PEP 654) are related. Null when there is none.
 */
export function parsePython(lines: readonly string[]): StackTrace | null {
  const marked = lines.findIndex((line) => isTraceback(line));
  const start = marked === -1 ? lines.findIndex((line) => FRAME.test(line)) : marked;
  if (start === -1) return null;
  const made = parseChain(lines.slice(start), 0);
  return made === null ? null : traceOf('python', made);
}

function parseChain(lines: readonly string[], depth: number): Draft | null {
  let last: Draft | null = null;
  let from = 0;
  for (let i = 0; i <= lines.length; i += 1) {
    if (i < lines.length && !CHAIN.test(bare(lines[i]))) continue;
    const made = parseOne(lines.slice(from, i), depth);
    if (made !== null) {
      made.cause = last;
      last = made;
    }
    from = i + 1;
  }
  return last;
}

const DEEPEST_GROUP = 8;

function parseOne(lines: readonly string[], depth: number): Draft | null {
  const isGroup = lines.some((line) => NEXT.test(line.trim()));
  if (!isGroup) return parsePlain(lines.map(bare));
  const first = lines.findIndex((line) => NEXT.test(line.trim()));
  const made = parsePlain(lines.slice(0, first).map(withoutMargin));
  if (made === null) return null;
  if (depth < DEEPEST_GROUP) {
    made.related.push(
      ...membersOf(lines.slice(first)).flatMap((member) => parseChain(member, depth + 1) ?? []),
    );
  }
  return made;
}

/** The lines of each error of a group, those of groups inside of it with them. */
function membersOf(lines: readonly string[]): readonly (readonly string[])[] {
  const members: string[][] = [];
  const depth = columnOf(lines[0] ?? '');
  for (const line of lines) {
    const text = line.trim();
    if (NEXT.test(text) && columnOf(line) === depth) members.push([]);
    else if (!(END.test(text) && columnOf(line) === depth)) members.at(-1)?.push(line);
  }
  return members;
}

/** Where the rail of a member stands: `  +-+----` opens the one at column 4. */
function columnOf(line: string): number {
  const indent = line.length - line.trimStart().length;
  return line.startsWith('+-+', indent) ? indent + 2 : indent;
}

function bare(line = ''): string {
  return MARGIN.test(line) && !/^\s*\+-/.test(line) ? withoutMargin(line) : line;
}

function withoutMargin(line: string): string {
  return line.replace(MARGIN, '');
}

function parsePlain(lines: readonly string[]): Draft | null {
  const start = lines.findIndex((line) => isTraceback(line));
  const end = lines.findIndex((line, i) => i > start && /^[A-Za-z_]/.test(line));
  const body = lines.slice(start + 1, end === -1 ? lines.length : end);
  const frames = body.flatMap(frameOf).reverse();
  const [errorLine = '', ...more] = end === -1 ? [] : lines.slice(end);
  const [, type, text = ''] = PYTHON_ERROR.exec(errorLine) ?? [];
  if (frames.length === 0 && type === undefined) return null;
  const made = draft(type ?? 'Exception', text);
  made.message.push(...more);
  made.frames.push(...frames);
  return made;
}

function frameOf(line: string): readonly Frame[] {
  const [, file, row, symbol] = FRAME.exec(line) ?? [];
  if (file === undefined) return [];
  return [
    {
      file,
      line: Number(row),
      column: null,
      symbol: symbol === undefined || symbol === '<module>' ? null : symbol,
      inApp: !isInstalled(file),
    },
  ];
}

/** Of the interpreter or an installed library. */
export function isInstalled(file: string): boolean {
  return /^<|[\\/](?:site-packages|dist-packages|lib[\\/]python\d)/.test(file);
}
