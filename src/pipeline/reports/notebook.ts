import type { Frame, StackTrace } from '../../domain/trace.ts';
import { draft, traceOf } from '../traces/lines.ts';
import { isInstalled, PYTHON_ERROR } from '../traces/python.ts';

const HEAD = /^[A-Za-z_][\w.]* {2,}Traceback \(most recent call last\)$/;
/** `~/lib/frame.py in drop(self)`, `File ~/lib/frame.py:33, in DataFrame.drop(self)`, `<ipython-input-3-b4> in <module>`. */
const FRAME = /^(?:File )?([^\s:][^:]{0,500}?)(?::(\d{1,9}))?,? in (?:[\w<>]+\.)*([\w<>]+)(?:\(.*)?$/;
const ARROW = /^-{2,}> (\d{1,9}) /;

/** An error as IPython and Jupyter show it, the functions outermost first; null where there is none. */
export function notebookError(lines: readonly string[]): StackTrace | null {
  const start = lines.findLastIndex((line) => HEAD.test(line));
  if (start === -1) return null;
  const told = lines.slice(start + 1);
  const frames = framesOf(told);
  if (frames.length === 0) return null;
  const last = told.findLast((line) => PYTHON_ERROR.test(line));
  const [, type = 'Exception', text = ''] = PYTHON_ERROR.exec(last ?? '') ?? [];
  const made = draft(type, text);
  made.frames.push(...frames);
  return traceOf('python', made);
}

/** Innermost first. A frame's line stands in its head, or at the arrow in the code below. */
function framesOf(lines: readonly string[]): readonly Frame[] {
  const frames: Frame[] = [];
  let open: { readonly file: string; readonly symbol: string } | null = null;
  for (const line of lines) {
    const [, file, row, symbol = ''] = FRAME.exec(line) ?? [];
    if (file !== undefined) open = { file, symbol };
    const shown = row ?? ARROW.exec(line)?.[1];
    if (open === null || shown === undefined) continue;
    frames.unshift({ ...open, line: Number(shown), column: null, inApp: !isInstalled(open.file) });
    open = null;
  }
  return frames;
}
