import type { Destination, Privacy, Way } from '../../config/privacy.ts';
import { NAMES } from '../../domain/redact/keyed.ts';
import { VENDOR_COUNT } from '../../domain/redact/vendor-keys.ts';
import { clean, wrap } from '../../tui/text.ts';
import type { Context } from '../context.ts';
import type { Printer } from '../print.ts';

/** What a model may be told: the kinds of evidence of a diagnosis, as `vigilai diagnose --show-context` lists them. */
const TOLD_TO_MODELS = [
  'the error, log line or metric itself',
  'log lines around it, by template',
  'metrics and what is usual of them',
  'what one request did',
  'versions, releases and commits',
  'lines of configuration that the evidence names',
  'code of the suspects',
  'similar anomalies and what became of them',
] as const;

/** Kinds of secrets that the built-in rules take out (docs/privacy.md). */
const REDACTED = [
  'private keys',
  'credentials in URLs',
  `values of fields with one of ${NAMES.length} words in their name`,
  `keys of ${VENDOR_COUNT} kinds`,
  'JWTs',
  'e-mail addresses',
  'card numbers',
  'long random tokens',
] as const;

/** `vigilai config privacy`: what may leave this machine, and to where. It asks nobody and opens no connection. */
export async function showPrivacy(context: Context): Promise<number> {
  const { print } = context;
  const [{ privacyOf }, { settings }, { secrets }] = await Promise.all([
    import('../../config/privacy.ts'),
    context.place(),
    context.house(),
  ]);
  const { diagnosis, github } = settings;
  const names = [...diagnosis.providers.map(({ keyEnv }) => keyEnv), github.tokenEnv].filter(
    (name) => name !== null,
  );
  const set = new Set<string>();
  for (const name of names) if ((await secrets.get(name)) !== null) set.add(name);
  const privacy = privacyOf(settings, (name) => set.has(name));
  print.data({ ...privacy, told_to_models: TOLD_TO_MODELS, redaction: redactionData(privacy) });
  for (const line of privacyText(privacy, print)) print.line(line);
  return 0;
}

function redactionData({ redaction }: Privacy) {
  return { built_in: REDACTED, ips: redaction.ips, patterns: redaction.patterns };
}

function privacyText(privacy: Privacy, { columns, paint }: Printer): readonly string[] {
  const { offline, models, agent, forge, sources, redaction } = privacy;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0
      ? []
      : ['', paint('bold', title), ...lines.flatMap((line) => wrap(clean(line), columns, '  '))];
  const listed = (words: readonly string[]) => words.join(', ') || 'none';
  return [
    offline
      ? 'Nothing leaves this machine: `offline: true` is set.'
      : 'What may leave this machine, and when. `offline: true` closes all of it.',
    ...section('Language models', [
      ...models.map(destinationText),
      `may be told: ${TOLD_TO_MODELS.join('; ')}`,
      '`vigilai diagnose <id> --show-prompt` prints exactly what',
    ]),
    ...section('Coding agent', [
      destinationText(agent),
      `network: ${agent.network ? 'yes' : 'no'}; sandbox: ${agent.sandbox}; environment beside the base list: ${listed(agent.env)}; folders of home: ${listed(agent.folders)}`,
      'may be told: the brief (`vigilai fix <id> --dry-run`) and the files that git tracks',
    ]),
    ...section('Pull requests', [
      destinationText(forge),
      'may be told: the branch of the fix and its description',
    ]),
    ...section('Sources that open a socket', sources.map(wayText)),
    ...section('Taken out before anything is kept or sent', [
      listed(REDACTED),
      `IP addresses: ${redaction.ips ? 'taken out' : 'left (redaction.ips)'}`,
      `rules of your own: ${redaction.patterns.length === 0 ? 'none (redaction.patterns)' : redaction.patterns.join('  ')}`,
    ]),
  ];
}

function destinationText({ name, where, state, when }: Destination): string {
  return state === 'open' ? `${name} at ${where}: when ${when}` : `${name} at ${where}: closed, ${when}`;
}

function wayText({ source, type, how, where, outside }: Way): string {
  const reach = how === 'listens' ? 'others can send' : 'beyond this machine';
  return `${source} (${type}) ${how} ${how === 'listens' ? 'on' : 'at'} ${where}${outside ? `: ${reach}` : ''}`;
}
