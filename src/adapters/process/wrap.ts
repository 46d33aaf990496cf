import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { VigilError } from '../../domain/errors.ts';
import type { WrappedCommand } from '../../ports/house.ts';
import { killGroup } from './group.ts';

/** The last output belongs to the command, but something it left in the background may hold the pipes for ever. */
const DRAIN_MS = 1_000;

export interface WrapOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Our own stdout is a terminal: the command may use colours as it would alone. */
  readonly colour: boolean;
}

type OnOutput = (text: string, to: 'stdout' | 'stderr') => void;

/**
 * Runs the user's own command as the user would: their environment, their stdin. It leads a process group of its own, so
 * that a signal reaches all of it exactly once. `exit` rejects with VigilError `tool_missing` when there is no such
 * command.
 */
export function wrapCommand(
  argv: readonly [string, ...string[]],
  onOutput: OnOutput,
  options: WrapOptions,
): WrappedCommand {
  const [file, ...args] = argv;
  const colour = options.colour && options.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {};
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...colour, ...options.env },
    stdio: ['inherit', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  pass(child.stdout, (text) => onOutput(text, 'stdout'));
  pass(child.stderr, (text) => onOutput(text, 'stderr'));
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new VigilError('tool_missing', {
          what: `${file} cannot be run`,
          hint: 'Check the command after `--`.',
          cause,
        }),
      ),
    );
    child.once('exit', (code, signal) => {
      const ended = () => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        ended();
      }, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(late);
        ended();
      });
    });
  });
  return {
    exit,
    signal(name) {
      killGroup(child.pid, name);
    },
  };
}

function pass(stream: NodeJS.ReadableStream, onText: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  const tell = (text: string) => {
    if (text !== '') onText(text);
  };
  stream.on('data', (chunk: Buffer) => tell(decoder.write(chunk)));
  stream.on('end', () => tell(decoder.end()));
}
