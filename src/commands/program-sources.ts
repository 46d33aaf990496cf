import { type Command, InvalidArgumentError } from 'commander';
import { type Bind, describe } from './describe.ts';

/** The commands about where events come from, and about those that could not be read. */
export function addSourceCommands(root: Command, bind: Bind): void {
  root.commandsGroup('Read');
  const sources = describe(root.command('sources'), {
    about: 'what is read: state, rate, lag, losses, last error; a test of one; the types there are',
    examples: ['sources', 'sources --json', 'sources test app', 'sources types file'],
  });
  describe(sources.command('list'), {
    about: 'state, rate, lag, losses, last error',
    examples: ['sources list', 'sources list --json'],
  }).action(bind(async (context) => (await import('./source/sources.ts')).listSources(context)));
  describe(sources.command('show'), {
    about: 'series of one source: how far each has learnt, and what is too sparse for a detector',
    examples: ['sources show app'],
  })
    .argument('<name>')
    .action(
      bind(async (context, name: string) =>
        (await import('./source/source-series.ts')).showSource(context, name),
      ),
    );
  describe(sources.command('test'), {
    about: 'read a configured source for five seconds and show what was understood; nothing is kept',
    examples: ['sources test app', 'sources test app --seconds 20'],
  })
    .argument('<name>', 'name of a source in the configuration')
    .option('--seconds <count>', 'how long', upTo(3600), 5)
    .action(
      bind(async (context, name: string, options: { seconds: number }) =>
        (await import('./source/sources-test.ts')).testSource(context, name, options.seconds),
      ),
    );
  describe(sources.command('types'), {
    about: 'what can be read, and with which options',
    examples: ['sources types', 'sources types prometheus', 'sources types --json'],
  })
    .argument('[type]', 'one of them, with its options, defaults and what they mean')
    .action(
      bind(async (context, type: string | undefined) =>
        (await import('./source/source-types.ts')).sourceTypes(context, type ?? null),
      ),
    );
  addDead(root, bind);
}

/** Reads a whole number from 1 to `most`. */
function upTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
  };
}

interface AllFlag {
  readonly all?: boolean;
}

function addDead(root: Command, bind: Bind): void {
  const dead = describe(root.command('dead'), {
    about: 'records that could not be read: list, show, retry, drop',
    examples: ['dead list', 'dead show 4f93', 'dead retry --all', 'dead drop 4f93'],
  });
  const load = () => import('./source/dead.ts');
  describe(dead.command('list'), { about: 'newest first', examples: ['dead list', 'dead list --source app'] })
    .option('--source <name>', 'only of this source')
    .option('--limit <count>', 'how many at most', upTo(500), 20)
    .action(
      bind(async (context, options: { source?: string; limit: number }) =>
        (await load()).listDead(context, options),
      ),
    );
  describe(dead.command('show'), { about: 'one, with the reason', examples: ['dead show 4f93'] })
    .argument('<id>', 'its id, or the beginning of it')
    .action(bind(async (context, id: string) => (await load()).showDead(context, id)));
  describe(dead.command('retry'), {
    about: 'read it once more, such as after an upgrade; exit 1 when it fails again',
    examples: ['dead retry 4f93', 'dead retry --all'],
  })
    .argument('[id]', 'its id, or the beginning of it')
    .option('--all', 'every one')
    .action(
      bind(async (context, id: string | undefined, options: AllFlag) =>
        (await load()).retryDead(context, { id: id ?? null, all: options.all === true }),
      ),
    );
  describe(dead.command('drop'), { about: 'forget it', examples: ['dead drop 4f93', 'dead drop --all'] })
    .argument('[id]', 'its id, or the beginning of it')
    .option('--all', 'every one')
    .action(
      bind(async (context, id: string | undefined, options: AllFlag) =>
        (await load()).dropDead(context, { id: id ?? null, all: options.all === true }),
      ),
    );
}
