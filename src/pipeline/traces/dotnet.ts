import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, traceOf } from './lines.ts';

/** `at Shop.Cart.Total(Int32 id) in C:\shop\Cart.cs:line 12`; without debug symbols the place is missing. */
const FRAME = /^\s+at ([\w.`<>[\],+|$&*]{1,500})(?:\([^)]{0,1000}\))(?: in (.{1,1000}):line (\d{1,9}))?\s*$/;
/** Only .NET writes so. */
const SURE = /^\s+at [^\s(]{1,500}\([^)]{0,1000}\)(?: in .{1,1000}:line \d{1,9})?\s*$/;
const TYPE = /(?:^|[\s:.])((?:[A-Z]\w*\.)+[A-Z]\w*(?:`\d)?)(?: \((0x[\dA-F]+)\))?: ?(.*)$/;
const INNER = /^\s*---> /;

/** A frame of .NET; a bare `at A.B()` may be another runtime's. */
function isDotnetFrame(line: string): boolean {
  return (
    SURE.test(line) &&
    !/:\d+(?::\d+)?\)\s*$|<anonymous>|\((?:native|Native Method|Unknown Source)\)/.test(line)
  );
}

/**
 * A trace as `Exception.ToString` prints it: the inner exceptions' headers first (`--->`), then their frames, innermost
 * exception first. Null when there is none.
 */
export function parseDotnet(lines: readonly string[]): StackTrace | null {
  const start = lines.findIndex(isDotnetFrame);
  if (start === -1) return null;
  const headers = headersOf(lines.slice(0, start));
  // The innermost prints its frames first; each `End of inner exception` goes one outwards.
  let at = headers.length - 1;
  for (const line of lines.slice(start)) {
    if (/^\s*--- End of inner exception/.test(line)) at = Math.max(0, at - 1);
    else headers[at]?.frames.push(...frameOf(line));
  }
  for (const [i, one] of headers.entries()) one.cause = headers[i + 1] ?? null;
  const [root] = headers;
  return root === undefined ? null : traceOf('dotnet', root);
}

function headersOf(lines: readonly string[]): readonly Draft[] {
  const made: Draft[] = [];
  for (const line of lines) {
    const found = TYPE.exec(line.replace(INNER, ''));
    if (found !== null && (made.length === 0 || INNER.test(line)))
      made.push(draft(found[1] ?? '', found[3] ?? ''));
    else made.at(-1)?.message.push(line);
  }
  return made.length === 0 ? [draft('Exception', lines.at(-1)?.trim() ?? '')] : made;
}

function frameOf(line: string): readonly Frame[] {
  const [, symbol, file, row] = FRAME.exec(line) ?? [];
  if (symbol === undefined) return [];
  return [
    {
      file: file ?? symbol.replace(/[.+][^.+]*$/, ''),
      line: row === undefined ? null : Number(row),
      column: null,
      symbol: symbol.replace(/`\d+|\[.*\]/g, ''),
      inApp: file !== undefined && !/^(?:System|Microsoft)\./.test(symbol) && !file.startsWith('/_/'),
    },
  ];
}
