import type { Settings } from '../../config/config.ts';
import { nearest } from '../../config/nearest.ts';
import { configShape, type Shape, wordsOf } from '../../config/problems.ts';
import { VigilError } from '../../domain/errors.ts';
import { table, wrap } from '../../tui/text.ts';
import type { Context } from '../context.ts';
import type { Printer } from '../print.ts';

type SourceType = NonNullable<Settings['sources']>[number]['type'];

/** What each type reads, and the least that a configuration has to say. */
const TYPES: Readonly<Record<SourceType, { readonly about: string; readonly example: string }>> = {
  file: { about: 'log files, through rotation', example: "paths: ['logs/*.log']" },
  docker: { about: 'the logs of containers, from the Docker Engine', example: "composeProject: 'shop'" },
  journald: { about: 'the systemd journal', example: "units: ['shop.service']" },
  syslog: { about: 'syslog messages, sent over UDP or TCP', example: '' },
  prometheus: {
    about: 'metrics pages, or PromQL queries of a Prometheus server',
    example: "targets: ['http://127.0.0.1:9100/metrics']",
  },
  otlp: { about: 'logs, metrics and traces, sent by OpenTelemetry over HTTP', example: '' },
  sentry: { about: 'errors, logs and transactions, sent by a Sentry SDK', example: '' },
  host: { about: 'processor, memory, disks, network and processes of this machine', example: '' },
  http: { about: 'events, posted as JSON', example: '' },
  alertmanager: { about: 'alerts, sent by Alertmanager or Grafana', example: '' },
};

interface OptionView {
  readonly name: string;
  /** Absent for an option that has to be given. */
  readonly default?: unknown;
  readonly allowed: string | null;
  readonly description: string;
}

interface TypeView {
  readonly type: string;
  readonly about: string;
  readonly example: string;
  readonly options: readonly OptionView[];
}

/** `vigilai sources types [TYPE]`: what can be read, from the schema of the configuration. @throws VigilError `usage`. */
export async function sourceTypes({ print }: Context, wanted: string | null): Promise<number> {
  const all = typeViews();
  if (wanted === null) {
    print.data({ types: all });
    for (const line of listText(all, print)) print.line(line);
    return 0;
  }
  const found = all.find(({ type }) => type === wanted);
  if (found === undefined) throw unknownType(wanted, all);
  print.data(found);
  for (const line of oneText(found, print)) print.line(line);
  return 0;
}

function typeViews(): readonly TypeView[] {
  const one = configShape().properties?.['sources']?.anyOf?.find(({ items }) => items !== undefined)?.items;
  return (one?.oneOf ?? []).map(({ properties = {} }) => {
    const type = String(properties['type']?.const) as SourceType;
    const { about, example } = TYPES[type];
    const { type: _, ...options } = properties;
    const named = [`type: '${type}'`, `name: '${type}'`, example].filter((part) => part !== '');
    return {
      type,
      about,
      example: `{ ${named.join(', ')} }`,
      options: Object.entries(options).map(([name, shape]) => optionView(name, shape)),
    };
  });
}

function optionView(name: string, shape: Shape): OptionView {
  const { default: usual, description = '' } = shape;
  return { name, ...(usual !== undefined && { default: usual }), allowed: wordsOf(shape), description };
}

function listText(all: readonly TypeView[], print: Printer): readonly string[] {
  const columns = [{ title: 'TYPE' }, { title: 'READS', grows: true }];
  const rows = all.map(({ type, about }) => [type, about]);
  const [head = '', ...lines] = table(columns, rows, print.columns);
  return [
    print.paint('dim', head),
    ...lines,
    '',
    'Without configuration: `vigilai watch -- CMD`, and `CMD | vigilai watch`.',
    'next: vigilai sources types TYPE shows its options, with their defaults',
  ];
}

function oneText({ type, about, example, options }: TypeView, print: Printer): readonly string[] {
  const width = Math.min(print.columns, 100);
  // The daemon itself opens the port of `http`.
  const then =
    type === 'http' ? 'send it an event, and run `vigilai sources`' : `\`vigilai sources test ${type}\``;
  return [
    `${print.paint('bold', type)}: ${about}`,
    '',
    `  sources: [${example}],`,
    '',
    ...options.flatMap((option) => optionText(option, print, width)),
    '',
    `next: write it into vigilai.config.ts, then ${then}`,
  ];
}

function optionText(option: OptionView, print: Printer, width: number): readonly string[] {
  const usual = option.default === undefined ? 'has to be given' : JSON.stringify(option.default);
  const allowed =
    option.allowed === null || option.allowed === 'a text' ? '' : ` Allowed: ${option.allowed}.`;
  return [
    `${print.paint('bold', option.name)} (${usual})`,
    ...wrap(`${option.description}${allowed}`, width, '    '),
  ];
}

function unknownType(wanted: string, all: readonly TypeView[]): VigilError {
  const names = all.map(({ type }) => type);
  const near = nearest(wanted, names);
  return new VigilError('usage', {
    what: `there is no source of the type ${wanted}`,
    hint: near === null ? `There are: ${names.join(', ')}.` : `Run \`vigilai sources types ${near}\`.`,
  });
}
