import type { Clock } from '../../ports/clock.ts';
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
  return animated ? spinner(io.stderr, program.clock) : plain(print.note);
}

/** Seconds from which on it is said how long a step has taken. */
const SHORTEST_WAIT = 2;

async function spinner(stream: NodeJS.WriteStream, clock: Clock): Promise<Progress> {
  const { default: ora } = await import('ora');
  // Ctrl-C belongs to the command; ora would take stdin otherwise.
  const spin = ora({ stream, discardStdin: false });
  let current = { text: '', began: clock.now() };
  const show = (): void => {
    const seconds = Math.floor((clock.now() - current.began) / 1000);
    spin.text = seconds < SHORTEST_WAIT ? current.text : `${current.text} (${seconds} s)`;
  };
  const timer = setInterval(show, 1000).unref();
  return {
    step(text) {
      if (text !== current.text) current = { text, began: clock.now() };
      show();
      if (!spin.isSpinning) spin.start();
    },
    end() {
      clearInterval(timer);
      spin.stop();
    },
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
