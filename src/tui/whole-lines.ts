/** Text that comes in pieces, handed on in whole lines. */
export interface WholeLines {
  /** Where lines go from now on; what has waited goes there at once. */
  readonly open: (put: (lines: string) => void) => void;
  readonly write: (text: string) => void;
  /** Hands on the last line, even if it does not end. */
  readonly end: () => void;
}

export function wholeLines(): WholeLines {
  let put: ((lines: string) => void) | null = null;
  let waiting = '';
  const flush = (upTo: number): void => {
    if (put === null || upTo === 0) return;
    put(waiting.slice(0, upTo));
    waiting = waiting.slice(upTo);
  };
  return {
    open: (to) => {
      put = to;
      flush(waiting.lastIndexOf('\n') + 1);
    },
    write: (text) => {
      waiting += text;
      flush(waiting.lastIndexOf('\n') + 1);
    },
    end: () => {
      if (waiting !== '' && !waiting.endsWith('\n')) waiting += '\n';
      flush(waiting.length);
    },
  };
}
