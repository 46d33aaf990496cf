import { Command, CommanderError } from 'commander';
import { VigilError } from '../domain/errors.ts';
import type { Context, Program } from './context.ts';
import type { Bind } from './describe.ts';
import { tellFailure } from './failure.ts';
import { type Interrupts, makeContext } from './make-context.ts';
import { addCommands } from './program.ts';

/** How long an interrupted command may take to tidy up; a second signal ends it at once. */
const GRACE_MS = 10_000;
const EXIT_INTERRUPTED = 130;

/**
 * Runs one command line to its end and answers the exit code (docs/commands.md). Errors that a person can act on are
 * told in two lines; a bug is one line with the place of its log.
 */
export async function run(argv: readonly string[], program: Program): Promise<number> {
  const json = argv.slice(0, withoutWrapped(argv)).includes('--json');
  const interrupts = listen(program);
  const context = makeContext(program, json, interrupts);
  try {
    return await Promise.race([perform(argv, context), interrupts.lost]);
  } catch (error) {
    if (program.hungUp.aborted) return 0;
    return await tellFailure(error, context);
  } finally {
    interrupts.deaf();
  }
}

/** What follows `--` belongs to the wrapped command. */
function withoutWrapped(argv: readonly string[]): number {
  const at = argv.indexOf('--');
  return at === -1 ? argv.length : at;
}

async function perform(argv: readonly string[], context: Context): Promise<number> {
  let code = 0;
  const { stdout } = context.io;
  const root = new Command('vigilai').exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    // commander's own words are thrown as well; they are told in our form.
    writeErr: () => undefined,
    getOutHelpWidth: () => Math.min(context.print.columns, 100),
  });
  const bind: Bind =
    (work) =>
    async (...given) => {
      code = await work(context, ...given);
    };
  addCommands(root, bind, context.program.version);
  try {
    await root.parseAsync(withDefault(argv), { from: 'user' });
  } catch (error) {
    return helpOrUsage(error, root, argv);
  }
  return code;
}

/** What a group of commands does when none of them is named. */
const DEFAULTS: Readonly<Record<string, string>> = {
  anomalies: 'list',
  config: 'show',
  daemon: 'status',
  dead: 'list',
  sources: 'list',
};

function withDefault(argv: readonly string[]): readonly string[] {
  const [first, second, ...rest] = argv;
  if (first === undefined) return ['--help'];
  const usual = DEFAULTS[first];
  if (usual === undefined || second === '--help' || second === '-h') return argv;
  if (second === undefined) return [first, usual];
  return second.startsWith('-') ? [first, usual, second, ...rest] : argv;
}

function helpOrUsage(error: unknown, root: Command, [first]: readonly string[]): number {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 0;
  const [what = error.message, ...more] = error.message.replace(/^error: /, '').split('\n');
  const known = root.commands.some((command) => command.name() === first);
  throw new VigilError('usage', {
    what: [what, ...more].join(' ').trim(),
    hint: known ? `\`vigilai ${first} --help\` shows how.` : '`vigilai --help` lists the commands.',
  });
}

/** Signals of the terminal: the first asks the command to stop, the second or the end of grace ends it. */
function listen(program: Program): Interrupts & { readonly lost: Promise<number>; deaf(): void } {
  const stop = new AbortController();
  const { promise: lost, resolve } = Promise.withResolvers<number>();
  let held = false;
  const deaf = program.onSignal(() => {
    if (held) return;
    if (stop.signal.aborted) return resolve(EXIT_INTERRUPTED);
    stop.abort();
    void program.clock.sleep(GRACE_MS).then(() => held || resolve(EXIT_INTERRUPTED));
  });
  const hold = () => {
    held = true;
  };
  return { signal: AbortSignal.any([stop.signal, program.hungUp]), hold, lost, deaf };
}
