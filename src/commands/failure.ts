import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT_BUG, VigilError } from '../domain/errors.ts';
import type { Context } from './context.ts';

/** Tells what went wrong on stderr and answers the exit code. */
export async function tellFailure(error: unknown, context: Context): Promise<number> {
  const known = asKnown(error, context);
  if (known === null) return tellBug(error, context);
  const { code, message, hint, exit } = known;
  if (context.print.json) {
    const problem = { type: 'about:blank', title: code, detail: message, code, hint, exit };
    context.print.note(JSON.stringify(problem));
  } else {
    context.print.note(`vigilai: ${message}\nnext: ${hint}`);
  }
  return exit;
}

function asKnown(error: unknown, { signal }: Context): VigilError | null {
  if (error instanceof VigilError) return error;
  if (signal.aborted) return new VigilError('cancelled', { what: 'interrupted' });
  return null;
}

/** A bug of ours: the stack goes into a file that only the user can read, one line to the terminal. */
async function tellBug(error: unknown, { program, print }: Context): Promise<number> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const log = await keep(
    `${new Date(program.clock.now()).toISOString()} ${program.version}\n${stack}\n`,
    program,
  );
  const first = stack.split('\n')[0] ?? 'unknown error';
  print.note(`vigilai: this is a bug of ours: ${first}`);
  print.note(log === null ? stack : `next: please report it with the log in ${log}`);
  return EXIT_BUG;
}

async function keep(text: string, { around, cwd }: Context['program']): Promise<string | null> {
  const { pathsOf } = await import('../config/paths.ts');
  const log = join(dirname(pathsOf(cwd, around).state), 'crash.log');
  try {
    mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
    appendFileSync(log, text, { mode: 0o600 });
    return log;
  } catch {
    // A read-only home: the stack goes to the terminal instead.
    return null;
  }
}
