import type { DeadView } from '../../contract/system-views.ts';
import { VigilError } from '../../domain/errors.ts';
import { clean, cutTo, table, wrap } from '../../tui/text.ts';
import { ago, short } from '../../tui/words.ts';
import type { Context } from '../context.ts';

export interface DeadFlags {
  readonly source?: string;
  readonly limit: number;
}

/** `vigilai dead list`: records that could not be read, newest first. */
export async function listDead(context: Context, flags: DeadFlags): Promise<number> {
  const { print, program } = context;
  const client = await context.client();
  const { source, limit } = flags;
  const page = await client.listDead({ limit, ...(source !== undefined && { source }) });
  print.data(page);
  if (page.items.length === 0) print.line('No dead letter: every record could be read.');
  else for (const line of deadTable(page.items, print.columns, program.clock.now())) print.line(line);
  if (page.next !== null) print.line(print.paint('dim', 'there are more: --limit, --source'));
  return 0;
}

/** As much of a reason as leaves room for the record; `dead show` has it in full. */
const LONGEST_REASON = 32;

function deadTable(items: readonly DeadView[], columns: number, now: number): readonly string[] {
  const rows = items.map(({ id, source, at, reason, text }) => [
    short(id),
    cutTo(source, 16),
    ago(at, now),
    cutTo(clean(reason), LONGEST_REASON),
    text,
  ]);
  const head = [
    { title: 'ID' },
    { title: 'SOURCE' },
    { title: 'AGE', right: true },
    { title: 'WHY' },
    { title: 'RECORD', grows: true },
  ];
  return table(head, rows, columns);
}

/** `vigilai dead show <id>`. */
export async function showDead(context: Context, id: string): Promise<number> {
  const { print } = context;
  const letter = await (await context.client()).showDead({ id });
  print.data(letter);
  print.line(`${letter.source}, ${clean(letter.stream)} at ${letter.offset}, ${letter.at}`);
  for (const line of wrap(clean(letter.reason), Math.min(print.columns, 100))) print.line(line);
  print.line();
  for (const line of letter.text.split('\n')) print.line(`  ${clean(line)}`);
  print.line();
  print.line(`next: vigilai dead retry ${short(letter.id)}, or vigilai dead drop ${short(letter.id)}`);
  return 0;
}

export interface Which {
  readonly id: string | null;
  readonly all: boolean;
}

/** `vigilai dead retry <id> | --all`: read once more, such as after an upgrade. Exit 1 when one failed again. */
export async function retryDead(context: Context, which: Which): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const results = [];
  for (const id of await idsOf(context, which)) {
    const { status } = await client.retryDead({ id });
    results.push({ id, status });
    print.line(`${short(id)}: ${status === 'read' ? 'read' : 'failed again, set aside anew'}`);
  }
  print.data({ results });
  if (results.length === 0) print.line('No dead letter.');
  return results.some(({ status }) => status === 'failed_again') ? 1 : 0;
}

/** `vigilai dead drop <id> | --all`. */
export async function dropDead(context: Context, which: Which): Promise<number> {
  const { print } = context;
  const client = await context.client();
  const ids = await idsOf(context, which);
  for (const id of ids) await client.dropDead({ id });
  print.data({ dropped: ids });
  print.line(ids.length === 0 ? 'No dead letter.' : `${ids.length} dropped`);
  return 0;
}

/** The API's largest page. */
const PAGE = 500;

async function idsOf(context: Context, { id, all }: Which): Promise<readonly string[]> {
  if (id !== null) return [id];
  if (!all) {
    throw new VigilError('usage', {
      what: 'it needs an id, or --all',
      hint: 'Run `vigilai dead list` to see what there is.',
    });
  }
  const client = await context.client();
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof client.listDead>> = await client.listDead({
      limit: PAGE,
      ...(after !== null && { after }),
    });
    ids.push(...page.items.map((item) => item.id));
    after = page.next;
    if (after === null) return ids;
  }
}
