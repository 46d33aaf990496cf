import { redact } from '../../domain/redact.ts';
import type { Frame, StackTrace } from '../../domain/trace.ts';

const MOST_FRAMES = 60;
const LONGEST_MESSAGE = 2000;

/** Text of a trace is kept with the anomaly, so it passes the same door; so do names of files, which may be URLs. */
export function redactTrace(trace: StackTrace): StackTrace {
  return {
    ...trace,
    errorType: redact(trace.errorType),
    message: shortMessage(trace.message),
    frames: trace.frames.slice(0, MOST_FRAMES).map(redactFrame),
    cause: trace.cause && redactTrace(trace.cause),
    ...(trace.related === undefined ? {} : { related: trace.related.map(redactTrace) }),
  };
}

/** Cut after redacting: half a secret is recognised by nobody. */
function shortMessage(message: string): string {
  const clean = redact(message.slice(0, 2 * LONGEST_MESSAGE));
  return clean.length > LONGEST_MESSAGE ? redact(`${clean.slice(0, LONGEST_MESSAGE - 1)}…`) : clean;
}

function redactFrame(frame: Frame): Frame {
  return { ...frame, file: redact(frame.file), symbol: frame.symbol && redact(frame.symbol) };
}
