import type { SourceView } from '../../contract/system-views.ts';
import { table } from '../../tui/text.ts';
import { bytes, rate } from '../../tui/words.ts';
import type { Context } from '../context.ts';

/** `vigilai sources`: what is read now, with rate, lag, losses and the last error. */
export async function listSources(context: Context): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const { sources, backlog, dead_letters } = await client.status();
  print.data({ sources, backlog, dead_letters });
  if (sources.length === 0) {
    print.line('No source: put a log file below logs/, or name one in vigilai.config.ts.');
    return 0;
  }
  const [head = '', ...rows] = table(COLUMNS, sources.map(rowOf), print.columns);
  print.line(print.paint('dim', head));
  for (const row of rows) print.line(row);
  if (backlog > 0) print.line(`${backlog} accepted records wait to be read`);
  if (dead_letters > 0) print.line(`${dead_letters} records could not be read: vigilai dead list`);
  return 0;
}

const COLUMNS = [
  { title: 'SOURCE' },
  { title: 'TYPE' },
  { title: 'STATE' },
  { title: 'RATE', right: true },
  { title: 'EVENTS', right: true },
  { title: 'LAG', right: true },
  { title: 'DROPPED', right: true },
  { title: 'LAST ERROR', grows: true },
];

function rowOf(source: SourceView): readonly string[] {
  return [
    source.name,
    source.type,
    source.state,
    `${rate(source.rate)}/s`,
    String(source.events),
    bytes(source.lag_bytes),
    String(source.dropped),
    source.last_error ?? '',
  ];
}
