import type { Fault } from '../domain/fix.ts';
import type { StackTrace } from '../domain/trace.ts';
import { plainText } from './escape.ts';

const NAME = 'VigilAI-Error';
const WIDTH = 72;

/** The anomaly's error as a trailer of the commit, so that the branch alone says which failure counts. Empty without one. */
export function trailerOf(trace: StackTrace | null): readonly string[] {
  if (trace === null) return [];
  return [`${NAME}: ${plainText(`${trace.errorType}: ${trace.message}`)}`.slice(0, WIDTH).trimEnd()];
}

/** What a trailer says of the fault; no error where there is none. */
export function faultIn(messages: string): { readonly errorType: string | null; readonly fault: Fault } {
  const said = new RegExp(`^${NAME}: ([\\w.$ ]+?): ?(.*)$`, 'm').exec(messages);
  const fault = { message: null, suspects: [] };
  const [, errorType, message = ''] = said ?? [];
  if (errorType === undefined) return { errorType: null, fault: { ...fault, trace: null } };
  // Which language it was does not matter here: it is compared with what test runners print.
  const trace = { language: 'javascript', errorType, message, frames: [], cause: null } as const;
  return { errorType, fault: { ...fault, trace } };
}
