import type { Command } from 'commander';
import type { Context } from './context.ts';

/** Makes a command's work an action of commander. */
export type Bind = <Given extends readonly unknown[]>(
  work: (context: Context, ...given: Given) => Promise<number>,
) => (...given: Given) => Promise<void>;

export interface Words {
  readonly about: string;
  /** Command lines to copy. */
  readonly examples: readonly string[];
}

/** A command with its examples above the usage, and `--json`. */
export function describe(command: Command, { about, examples }: Words): Command {
  const lines = examples.map((line) => `  $ vigilai ${line}\n`).join('');
  return command
    .description(about)
    .option('--json', 'print JSON')
    .helpOption('-h, --help', 'show this')
    .addHelpText('before', `${lines.trimEnd()}\n`);
}
