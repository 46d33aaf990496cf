import type { SourceView } from '../../contract/system-views.ts';
import { clean, table, wrap } from '../../tui/text.ts';
import { bytes, count, rate } from '../../tui/words.ts';
import type { Context } from '../context.ts';

/** `vigilai sources`: what is read now, with rate, lag, losses and the last error. */
export async function listSources(context: Context): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const { sources, backlog, dead_letters } = await client.status();
  print.data({ sources, backlog, dead_letters });
  if (sources.length === 0) {
    print.line(
      'No source: put a log file below logs/, or name one in vigilai.config.ts (`vigilai sources types`).',
    );
    return 0;
  }
  const [head = '', ...rows] = table(COLUMNS, sources.map(rowOf), print.columns);
  print.line(print.paint('dim', head));
  for (const row of rows) print.line(row);
  for (const line of errorLines(sources, print.columns)) print.line(line);
  if (backlog > 0)
    print.line(`${count(backlog, 'accepted record waits', 'accepted records wait')} to be read`);
  if (dead_letters > 0)
    print.line(`${count(dead_letters, 'record', 'records')} could not be read: vigilai dead list`);
  return 0;
}

const COLUMNS = [
  { title: 'SOURCE', grows: true },
  { title: 'TYPE' },
  { title: 'STATE' },
  { title: 'RATE', right: true },
  { title: 'EVENTS', right: true },
  { title: 'LAG', right: true },
  { title: 'DROPPED', right: true },
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
  ];
}

/** In full, since an error that is cut helps nobody. */
function errorLines(sources: readonly SourceView[], columns: number): readonly string[] {
  return sources.flatMap(({ name, last_error }) =>
    last_error === null ? [] : wrap(`${clean(name)}: ${clean(last_error)}`, Math.min(columns, 100)),
  );
}
