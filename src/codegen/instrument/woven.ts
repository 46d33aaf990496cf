import type { Language } from '../../domain/trace.ts';

/** A file with a signal in it. */
export interface Woven {
  /** The fix with its signal. */
  readonly text: string;
  /** The fault with the same signal. */
  readonly faulty: string;
  /** The statement that emits it. */
  readonly emitted: string;
}

/** White space in front of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** One step of indentation, as the language is usually written. */
export function indentUnit(language: Language): string {
  if (language === 'go') return '\t';
  return language === 'python' || language === 'java' ? '    ' : '  ';
}
