import type { Command } from 'commander';
import { type Bind, describe } from './describe.ts';

/** The commands that keep the house in order. */
export function addUpkeepCommands(root: Command, bind: Bind): void {
  root.commandsGroup('Keep');
  describe(root.command('status'), {
    about: 'what the daemon of this workspace is doing',
    examples: ['status', 'status --json'],
  }).action(bind(async (context) => (await import('./upkeep/status.ts')).status(context)));
  describe(root.command('doctor'), {
    about: 'what is there, what is missing, and what to do about it',
    examples: ['doctor'],
  }).action(bind(async (context) => (await import('./upkeep/doctor.ts')).doctor(context)));
  addDaemon(root, bind);
  addConfig(root, bind);
}

function addDaemon(root: Command, bind: Bind): void {
  const daemon = describe(root.command('daemon'), {
    about: 'start, stop, restart, status, logs (it starts by itself when needed)',
    examples: ['daemon status', 'daemon restart', 'daemon logs --lines 50'],
  });
  const load = () => import('./upkeep/daemon.ts');
  describe(daemon.command('start'), {
    about: 'start it, if it does not run',
    examples: ['daemon start'],
  }).action(bind(async (context) => (await load()).startDaemon(context)));
  describe(daemon.command('stop'), { about: 'stop it', examples: ['daemon stop'] }).action(
    bind(async (context) => (await load()).stopDaemon(context)),
  );
  describe(daemon.command('restart'), {
    about: 'stop it and start it again, such as after a change of configuration',
    examples: ['daemon restart'],
  }).action(bind(async (context) => (await load()).restartDaemon(context)));
  describe(daemon.command('status'), {
    about: 'what it is doing; starts nothing',
    examples: ['daemon status'],
  }).action(bind(async (context) => (await import('./upkeep/status.ts')).status(context)));
  describe(daemon.command('logs'), {
    about: "the end of the daemon's own log",
    examples: ['daemon logs', 'daemon logs --lines 200'],
  })
    .option('--lines <count>', 'how many', Number, 40)
    .action(
      bind(async (context, options: { lines: number }) => (await load()).daemonLogs(context, options.lines)),
    );
  daemon
    .command('run', { hidden: true })
    .option('--root <dir>', 'workspace')
    .action(
      bind(async (context, options: { root?: string }) =>
        (await load()).runDaemon(context, options.root ?? null),
      ),
    );
}

function addConfig(root: Command, bind: Bind): void {
  const config = describe(root.command('config'), {
    about: 'show, validate, or find the configuration; what may leave this machine',
    examples: ['config show', 'config validate', 'config path', 'config privacy'],
  });
  const load = () => import('./upkeep/config.ts');
  describe(config.command('show'), {
    about: 'the settings that hold, and where they come from',
    examples: ['config show --json'],
  }).action(bind(async (context) => (await load()).showConfig(context)));
  describe(config.command('validate'), {
    about: 'check the configuration; exit 2 when it is wrong',
    examples: ['config validate'],
  }).action(bind(async (context) => (await load()).validateConfig(context)));
  describe(config.command('path'), {
    about: 'where configuration and state are kept',
    examples: ['config path'],
  }).action(bind(async (context) => (await load()).configPath(context)));
  describe(config.command('privacy'), {
    about: 'what may leave this machine, when, and to where; opens no connection',
    examples: ['config privacy', 'config privacy --json'],
  }).action(bind(async (context) => (await import('./upkeep/privacy.ts')).showPrivacy(context)));
}
