import type { Context } from '../context.ts';

/** What is being done, on stderr: a spinner in a terminal, a line per step elsewhere, nothing under `--json`. */
export interface Progress {
  readonly step: (text: string) => void;
  /** Takes the spinner away. */
  readonly end: () => void;
}

export async function createProgress({ io, print, program }: Context): Promise<Progress> {
  if (print.json) return { step: () => undefined, end: () => undefined };
  const animated = io.stderr.isTTY && program.around.env['TERM'] !== 'dumb';
  return animated ? spinner(io.stderr) : plain(print.note);
}

async function spinner(stream: NodeJS.WriteStream): Promise<Progress> {
  const { default: ora } = await import('ora');
  // Ctrl-C belongs to the command; ora would take stdin otherwise.
  const spin = ora({ stream, discardStdin: false });
  return {
    step(text) {
      spin.text = text;
      if (!spin.isSpinning) spin.start();
    },
    end: () => void spin.stop(),
  };
}

function plain(note: (text: string) => void): Progress {
  let last = '';
  return {
    step(text) {
      // A count that goes up is no news in a log.
      const news = text.replaceAll(/\d+/g, '');
      if (news !== last) note(`… ${text}`);
      last = news;
    },
    end: () => undefined,
  };
}
