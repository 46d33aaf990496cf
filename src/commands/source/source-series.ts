import { VigilError } from '../../domain/errors.ts';
import { clean, table } from '../../tui/text.ts';
import { learning, trainingWords, waitingWords } from '../../tui/words.ts';
import type { Context } from '../context.ts';

/** `vigilai sources show NAME`: its series, how far each has learnt, and which detectors say nothing of it. */
export async function showSource(context: Context, name: string): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const { sources } = await client.status();
  const source = sources.find((one) => one.name === name);
  if (source === undefined) {
    const names = sources.map((one) => one.name).join(', ');
    throw new VigilError('unknown_id', { what: `there is no source ${name}`, hint: `One of: ${names}.` });
  }
  print.data(source);
  print.line(`${clean(source.name)}: ${learning(source)}`);
  const rows = source.series.map((one) => [
    one.name,
    trainingWords(one),
    String(one.points),
    waitingWords(one),
  ]);
  const [head = '', ...lines] = table(COLUMNS, rows, print.columns);
  print.line(print.paint('dim', head));
  for (const line of lines) print.line(line);
  const { training, normal, alerting } = source.training;
  const more = training + normal + alerting - source.series.length;
  if (more > 0) print.line(print.paint('dim', `and ${more} more`));
  return 0;
}

const COLUMNS = [
  { title: 'SERIES' },
  { title: 'STATE' },
  { title: 'POINTS', right: true },
  { title: 'SAYS NOTHING YET', grows: true },
];
