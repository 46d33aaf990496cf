import type { Command } from 'commander';
import type { Bind } from './describe.ts';
import { addSourceCommands } from './program-sources.ts';
import { addStreetCommands } from './program-street.ts';
import { addUpkeepCommands } from './program-upkeep.ts';

const ABOUT = `VigilAI notices what is abnormal in your app, says why, and proves a fix.

  $ vigilai demo                 the whole way on a built-in sample: no key, no network
  $ vigilai watch -- npm start   runs your app and watches what it logs
`;

const EXITS = `
Every command takes --json and --help. Ids can be shortened; \`last\` is the newest anomaly.`;

/** All commands, each with its example first. Their code is imported when they run. */
export function addCommands(root: Command, bind: Bind, version: string): void {
  root
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this')
    .helpCommand(false)
    .addHelpText('before', ABOUT)
    .addHelpText('after', EXITS)
    .configureHelp({ subcommandTerm: (command) => command.name() });
  addStreetCommands(root, bind);
  addSourceCommands(root, bind);
  addUpkeepCommands(root, bind);
}
