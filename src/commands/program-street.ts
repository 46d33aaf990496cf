import { type Command, InvalidArgumentError } from 'commander';
import type { VerifyFlags } from './anomaly/verify.ts';
import { type Bind, describe } from './describe.ts';
import type { ReplayFlags } from './replay/replay-run.ts';
import type { TemplatesFlags } from './templates/templates.ts';

/** The commands along the way of an anomaly. */
export function addStreetCommands(root: Command, bind: Bind): void {
  root.commandsGroup('See');
  addDemo(root, bind);
  addWatch(root, bind);
  addAnomalies(root, bind);
  addReplay(root, bind);
  addTemplates(root, bind);
  root.commandsGroup('Act');
  addDiagnose(root, bind);
  addFix(root, bind);
  addVerify(root, bind);
}

function addDemo(root: Command, bind: Bind): void {
  describe(root.command('demo'), {
    about: 'the whole way on a built-in sample, in under a minute',
    examples: ['demo', 'demo --keep --engine kiro'],
  })
    .option(
      '--engine <name>',
      'let this agent write the fix instead of the built-in repairs (may spend its credits)',
    )
    .option('--keep', 'leave the sample and its state behind to look at')
    .action(
      bind(async (context, options: DemoFlags) => (await import('./demo/demo.ts')).demo(context, options)),
    );
}

interface DemoFlags {
  readonly engine?: string;
  readonly keep?: boolean;
}

function addWatch(root: Command, bind: Bind): void {
  describe(root.command('watch'), {
    about: 'live view of sources and anomalies; wraps a command if given',
    examples: ['watch', 'watch -- npm start', 'watch < app.log'],
  })
    .argument('[command...]', 'a command to run and watch, after --')
    .action(
      bind(async (context, command: readonly string[]) =>
        (await import('./watch/watch.ts')).watch(context, command),
      ),
    );
}

function addAnomalies(root: Command, bind: Bind): void {
  const anomalies = describe(root.command('anomalies'), {
    about: 'list, show, resolve, dismiss or mute what was noticed',
    examples: ['anomalies list', 'anomalies show last', 'anomalies dismiss 3f2a'],
  });
  const load = () => import('./anomaly/anomalies.ts');
  describe(anomalies.command('list'), {
    about: 'anomalies that are open, newest first',
    examples: ['anomalies list', 'anomalies list --all --source app'],
  })
    .option('--all', 'closed ones too')
    .option('--status <status>', 'only this status, such as diagnosed')
    .option('--source <name>', 'only this source')
    .option('--limit <count>', 'at most this many', positive, 50)
    .action(bind(async (context, options: ListFlags) => (await load()).listAnomalies(context, options)));
  describe(anomalies.command('show'), {
    about: 'one anomaly: picture, evidence, diagnosis and fix',
    examples: ['anomalies show last'],
  })
    .argument('<id>')
    .action(bind(async (context, id: string) => (await load()).showAnomaly(context, id)));
  describe(anomalies.command('resolve'), {
    about: 'it is repaired; should it come back, it is told as a recurrence',
    examples: ['anomalies resolve 3f2a'],
  })
    .argument('<id>')
    .action(bind(async (context, id: string) => (await load()).closeAnomaly(context, id, 'resolved')));
  describe(anomalies.command('dismiss'), {
    about: 'it is no anomaly; it stays silent unless it gets clearly worse',
    examples: ['anomalies dismiss 3f2a'],
  })
    .argument('<id>')
    .action(bind(async (context, id: string) => (await load()).closeAnomaly(context, id, 'false_positive')));
  describe(anomalies.command('mute'), {
    about: 'silent for a while unless it gets clearly worse; --for 0h ends that',
    examples: ['anomalies mute 3f2a', 'anomalies mute 3f2a --for 90m'],
  })
    .argument('<id>')
    .option('--for <time>', 'how long: minutes, hours or days, such as 90m, 12h, 7d', minutes, 1440)
    .action(
      bind(async (context, id: string, options: { readonly for: number }) =>
        (await load()).muteAnomaly(context, id, options.for),
      ),
    );
}

export interface ListFlags {
  readonly all?: boolean;
  readonly status?: string;
  readonly source?: string;
  readonly limit: number;
}

function addReplay(root: Command, bind: Bind): void {
  describe(root.command('replay'), {
    about: 'run the pipeline over recordings, without a daemon: logs, CSV, OTLP dumps (.gz too)',
    examples: [
      'replay logs/app.log',
      'replay metrics/ --scores scores/ --json',
      'replay cpu.csv --sweep',
      'replay - < app.log',
    ],
  })
    .argument('<paths...>', 'files, folders, or - for stdin')
    .option('--scores <out>', 'write a score for each row, in a folder as the input is (or in one .csv file)')
    .option('--sweep', 'tell how many alerts a day each sensitivity would bring')
    .option('--ignore <columns>', 'CSV: numbers that are no metrics, such as label,row_id')
    .option('--interval <seconds>', 'CSV: from row to row where no column holds a time', seconds, 60)
    .action(
      bind(async (context, paths: readonly string[], flags: ReplayFlags) =>
        (await import('./replay/replay-run.ts')).replay(context, paths, flags),
      ),
    );
}

function addTemplates(root: Command, bind: Bind): void {
  describe(root.command('templates'), {
    about: 'the message templates of a log, with counts: messages without what varies in them',
    examples: ['templates logs/app.log', 'templates app.log --out lines.csv', 'templates - < app.log'],
  })
    .argument('<file>', 'a log, or - for stdin')
    .option(
      '--out <csv>',
      'write LineId,template: one row a line, with the template that its message has once the whole file is read',
    )
    .action(
      bind(async (context, file: string, options: TemplatesFlags) =>
        (await import('./templates/templates.ts')).templates(context, file, options),
      ),
    );
}

function addDiagnose(root: Command, bind: Bind): void {
  describe(root.command('diagnose'), {
    about: 'say why: file, line, commit, with evidence',
    examples: ['diagnose last', 'diagnose last --markdown', 'diagnose --input crash.log --repo .'],
  })
    .argument('[id]', 'anomaly')
    .option('--offline', 'ask no language model')
    .option('--markdown', 'print Markdown, to be pasted into an issue or a chat')
    .option('--show-prompt', 'print exactly what a language model would be sent, and send nothing')
    .option('--show-context', 'print what evidence there is, and how much of it fits into a diagnosis')
    .option('--input <file>', 'diagnose what a log or a stack trace holds, without a daemon; - for stdin')
    .option('--repo <dir>', 'with --input: the repository that it came from')
    .action(
      bind(async (context, id: string | undefined, options: DiagnoseFlags) =>
        (await import('./diagnosis/diagnose.ts')).diagnose(context, id ?? null, options),
      ),
    );
}

export interface DiagnoseFlags {
  readonly offline?: boolean;
  readonly markdown?: boolean;
  readonly showPrompt?: boolean;
  readonly showContext?: boolean;
  readonly input?: string;
  readonly repo?: string;
}

function addFix(root: Command, bind: Bind): void {
  describe(root.command('fix'), {
    about: 'let a coding agent fix it, prove the fix, stage it as a branch',
    examples: ['fix last', 'fix last --dry-run', 'fix 3f2a --open-pr', 'fix 3f2a --cancel'],
  })
    .argument('<id>', 'anomaly')
    .option('--dry-run', 'print the plan and the brief, and do nothing')
    .option('--open-pr', 'open a draft pull request when the fix is proven')
    .option('--engine <name>', 'who writes the fix: kiro, qwen, repair, ... (docs/agents.md)')
    .option('--cancel', 'stop the fix that is running, with everything that it has started')
    .action(
      bind(async (context, id: string, options: FixFlags) =>
        (await import('./anomaly/fix.ts')).fix(context, id, options),
      ),
    );
}

export interface FixFlags {
  readonly dryRun?: boolean;
  readonly openPr?: boolean;
  readonly engine?: string;
  readonly cancel?: boolean;
}

function addVerify(root: Command, bind: Bind): void {
  describe(root.command('verify'), {
    about: 'prove a fix again, from nothing: does its proof still hold?',
    examples: [
      'verify vigilai/typeerror-1b2c3d4e',
      'verify origin/vigilai/typeerror-1b2c3d4e --json',
      'verify 12',
    ],
  })
    .argument('<what>', 'a branch, the number of a pull request, or the id of a fix made here')
    .option('--log <file>', 'write every test run with the end of its output')
    .action(
      bind(async (context, what: string, options: VerifyFlags) =>
        (await import('./anomaly/verify.ts')).verify(context, what, options),
      ),
    );
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 500) return value;
  throw new InvalidArgumentError('a whole number from 1 to 500');
}

const MINUTES = { m: 1, h: 60, d: 1440 } as const;

/** `90m`, `12h`, `7d` in minutes; at most a year. */
function minutes(text: string): number {
  const [, count = '', unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const total = Number(count) * (unit === 'm' || unit === 'h' || unit === 'd' ? MINUTES[unit] : Number.NaN);
  if (count !== '' && total <= 525_600) return total;
  throw new InvalidArgumentError('a time such as 90m, 12h or 7d, at most a year');
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 31_536_000) return value;
  throw new InvalidArgumentError('a number above 0');
}
