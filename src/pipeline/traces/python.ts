import type { Frame, StackTrace } from '../../domain/trace.ts';

const START = 'Traceback (most recent call last):';
const FRAME = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?$/;
const TYPE = /^([A-Za-z_][\w.]*)(?:: ?(.*))?$/;
/** Between two traces of a chain: the first is what caused the second. */
const CHAIN =
  /^(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:)$/;

export function isTraceback(line: string): boolean {
  return line.includes(START);
}

/** The sentence between the traces of a chain. */
export function isChain(line: string): boolean {
  return CHAIN.test(line);
}

/** The line after the frames: `ValueError: x`, `KeyboardInterrupt`, `pkg.errors.NotFound: y`. */
export function isPythonError(line: string): boolean {
  return TYPE.test(line);
}

/** A Python traceback, chained ones as causes: the last of a chain is the error, the one before its cause. Null when there is none. */
export function parsePython(lines: readonly string[]): StackTrace | null {
  const start = lines.findIndex(isTraceback);
  if (start === -1) return null;
  const traces: StackTrace[] = [];
  let from = start;
  for (let i = start; i <= lines.length; i += 1) {
    if (i < lines.length && !isChain(lines[i] ?? '')) continue;
    const trace = parseOne(lines.slice(from, i), traces.at(-1) ?? null);
    if (trace !== null) traces.push(trace);
    from = i + 1;
  }
  return traces.at(-1) ?? null;
}

function parseOne(lines: readonly string[], cause: StackTrace | null): StackTrace | null {
  const start = lines.findIndex(isTraceback);
  const end = lines.findIndex((line, i) => i > start && /^\S/.test(line));
  const body = lines.slice(start + 1, end === -1 ? lines.length : end);
  const [errorLine = '', ...more] = end === -1 ? [] : lines.slice(end);
  const frames = body.flatMap(frameOf).reverse();
  if (start === -1 || (frames.length === 0 && end === -1)) return null;
  const [, type = 'Exception', text = ''] = TYPE.exec(errorLine) ?? [];
  return {
    language: 'python',
    errorType: type,
    message: [text, ...more].join('\n').trim(),
    frames,
    cause,
  };
}

function frameOf(line: string): readonly Frame[] {
  const [, file, row, symbol] = FRAME.exec(line) ?? [];
  if (file === undefined) return [];
  return [
    {
      file,
      line: Number(row),
      column: null,
      symbol: symbol === undefined || symbol === '<module>' ? null : symbol,
      inApp: !/^<|[\\/](?:site-packages|dist-packages|lib[\\/]python\d)/.test(file),
    },
  ];
}
