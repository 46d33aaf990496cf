import type { StackTrace } from '../../domain/trace.ts';
import { mapFrames } from '../frames.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';

/** How much less each further frame weighs. */
const FADE = 0.55;

/** Places from the frames of a stack trace. */
export function fromTrace(trace: StackTrace, files: readonly string[]): readonly Spot[] {
  return mapFrames(trace, files)
    .slice(0, 8)
    .map((frame, rank) => ({
      file: frame.file,
      line: frame.line,
      symbol: frame.symbol,
      score: FADE ** rank * (isAside(frame.file) ? 0.3 : 1),
      why:
        rank === 0
          ? `${trace.errorType} was thrown here`
          : `on the way to it, ${rank} call${rank > 1 ? 's' : ''} up`,
    }));
}
