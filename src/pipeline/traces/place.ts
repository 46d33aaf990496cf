import { redact } from '../../domain/redact.ts';
import type { Frame, StackTrace } from '../../domain/trace.ts';

/**
 * The innermost frame of the application; of an installed library where there is none; of a cause, or of the first error
 * that it gathers, where it has no frame at all.
 */
function topFrame(trace: StackTrace): Frame | null {
  const own = trace.frames.find((frame) => frame.inApp) ?? trace.frames[0];
  if (own !== undefined) return own;
  const [related = null] = trace.related ?? [];
  return (trace.cause && topFrame(trace.cause)) ?? (related && topFrame(related));
}

/**
 * Where it was thrown, the same on every machine and after edits above it: the file's last two parts and the symbol.
 * Redacted, since it is kept in fingerprints, and what calls itself a frame may hold anything.
 */
export function placeOf(trace: StackTrace): string | null {
  const frame = topFrame(trace);
  if (frame === null) return null;
  const file = redact(frame.file)
    .replace(/[?#].*$/, '')
    .split(/[\\/]/)
    .filter(Boolean)
    .slice(-2)
    .join('/');
  return frame.symbol === null ? file : `${file} ${redact(frame.symbol)}`;
}
