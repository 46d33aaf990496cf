import type { Frame, StackTrace } from '../../domain/trace.ts';

/** A frame's place is never so long; what is longer is not looked at, so that no pattern meets hostile lengths. */
const LONGEST = 2000;
const MOST_LINES = 2000;

const ESCAPE = '\u001b';
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]{0,20}[A-Za-z]`, 'g');

/** Without the colours that terminals are told. */
export function withoutColour(line: string): string {
  return line.includes(ESCAPE) ? line.replace(COLOUR, '') : line;
}

/** Lines as parsers may meet them: bounded in number and length, without colours and carriage returns. */
export function bounded(lines: readonly string[]): readonly string[] {
  return lines.slice(0, MOST_LINES).map((line) => {
    const short = line.length > LONGEST ? line.slice(0, LONGEST) : line;
    return withoutColour(short.endsWith('\r') ? short.slice(0, -1) : short);
  });
}

const PLACE = /:(\d{1,9})(?::(\d{1,9}))?$/;

/** `file:line`, `file:line:column`, or a file alone. */
export function filePlace(text: string): Pick<Frame, 'file' | 'line' | 'column'> {
  const found = PLACE.exec(text);
  if (found === null) return { file: text, line: null, column: null };
  return {
    file: text.slice(0, found.index),
    line: Number(found[1]),
    column: found[2] === undefined ? null : Number(found[2]),
  };
}

/** The groups of a match, those that took no part as empty text; no match: all empty. */
export function groups(pattern: RegExp, text: string): readonly [string, string, string, string] {
  const [, a = '', b = '', c = '', d = ''] = pattern.exec(text) ?? [];
  return [a, b, c, d];
}

/** A trace while it is being read. */
export interface Draft {
  errorType: string;
  readonly message: string[];
  readonly frames: Frame[];
  cause: Draft | null;
  readonly related: Draft[];
}

export function draft(errorType: string, message: string): Draft {
  return { errorType, message: [message], frames: [], cause: null, related: [] };
}

const DEEPEST = 10;
const MOST_RELATED = 16;

/** The finished trace; causes below ten and more than 16 related errors are left out. */
export function traceOf(language: StackTrace['language'], of: Draft, depth = DEEPEST): StackTrace {
  const below = (one: Draft) => traceOf(language, one, depth - 1);
  return {
    language,
    errorType: of.errorType,
    message: of.message.join('\n').trim(),
    frames: of.frames,
    cause: of.cause === null || depth === 0 ? null : below(of.cause),
    ...(of.related.length > 0 && depth > 0 ? { related: of.related.slice(0, MOST_RELATED).map(below) } : {}),
  };
}
