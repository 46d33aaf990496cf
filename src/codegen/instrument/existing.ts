import type { Monitoring } from '../../domain/fix.ts';
import { hunksOf } from '../line-diff.ts';

/** A statement of the change that tells by itself: a counter that grows, an error that is logged. */
const TELLS =
  /\b(?:\w*(?:log|logger|logging|slog)\w*|console)\.(?:error|warn|warning|exception|critical|fatal|Error|Warn|Printf|Println)\s*\(|\.(?:inc|Inc|increment|add|Add)\s*\(\s*1?\s*\)|\bcaptureException\(|\brecord_?[eE]xception\(/;

interface OwnSignal {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** The line by which the change brings monitoring of its own; null when it has none. */
export function ownSignal(
  before: string,
  after: string,
): { readonly line: number; readonly text: string } | null {
  const isOld = new Set(before.split('\n').map((line) => line.trim()));
  for (const { from, added } of hunksOf(before, after)) {
    const at = added.findIndex((line) => TELLS.test(line) && !isOld.has(line.trim()));
    const text = added[at];
    if (text !== undefined) return { line: from + at, text: text.trim() };
  }
  return null;
}

export function ownMonitoring({ line, text }: OwnSignal, file: string): Monitoring {
  const signal = /["'`]([^"'`]{4,60})/.exec(text)?.[1] ?? text.slice(0, 60);
  const alert = { prometheus: null, vigilai: `what line ${line} of ${file} tells` };
  return { signal, library: "the change's own", file, line, alert };
}
