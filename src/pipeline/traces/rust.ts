import type { Frame, StackTrace } from '../../domain/trace.ts';
import { draft, filePlace, traceOf } from './lines.ts';

/** `thread 'main' panicked at src/main.rs:4:5:`; before Rust 1.73 the message stood between quotes before the place. */
export const RUST_PANIC =
  /^thread '[^']{0,200}' (?:\(\d{1,12}\) )?panicked at (?:'(.{0,1000})', )?(\S{1,1000}:\d{1,9}:\d{1,9}):?$/;
const CALL = /^\s*\d{1,6}: +(?:0x[\da-f]+ - )?(\S.*)$/;
const AT = /^\s+at (\S{1,1000}:\d{1,9}(?::\d{1,9})?)$/;

/** A Rust panic, with its backtrace where `RUST_BACKTRACE` asked for one, else with the place alone. Null when there is none. */
export function parseRust(lines: readonly string[]): StackTrace | null {
  const start = lines.findIndex((line) => RUST_PANIC.test(line));
  if (start === -1) return null;
  const [, quoted, place = ''] = RUST_PANIC.exec(lines[start] ?? '') ?? [];
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => /^(?:stack backtrace:|note: )/.test(line));
  const made = draft('panic', quoted ?? '');
  made.message.push(...after.slice(0, end === -1 ? 1 : end));
  const frames = framesOf(after);
  made.frames.push(...(frames.some(({ inApp }) => inApp) ? frames : [frame(place, null)]));
  return traceOf('rust', made);
}

function framesOf(lines: readonly string[]): readonly Frame[] {
  return lines.flatMap((line, i) => {
    const place = AT.exec(line)?.[1];
    return place === undefined ? [] : [frame(place, CALL.exec(lines[i - 1] ?? '')?.[1] ?? null)];
  });
}

function frame(place: string, called: string | null): Frame {
  const symbol =
    called?.replace(/::h[\da-f]{16}$|\[[\da-f]{16}\]/g, '').replace(/(?:::\{\{closure\}\})+$/, '') ?? null;
  const at = filePlace(place);
  return { ...at, symbol, inApp: !/^\/rustc\/|[\\/]\.cargo[\\/]|[\\/]rustlib[\\/]/.test(at.file) };
}
