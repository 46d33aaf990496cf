import { describe, expect, it } from 'vitest';
import type { TableOptions } from '../../../../../src/commands/replay/csv/table.ts';
import { tableRows } from '../../../../../src/commands/replay/csv/table-rows.ts';
import { eachRow } from '../../../../../src/commands/replay/rows.ts';
import type { SourceRecord } from '../../../../../src/domain/event.ts';
import { recordings } from '../../../../support/recordings.ts';

const OPTIONS: TableOptions = { intervalMs: 60_000, ignore: new Set() };

/** Of each row: what it is known by, and its points as `name=value at time`. */
async function read(text: string, options: Partial<TableOptions> = {}) {
  const notes: string[] = [];
  const rows: { readonly cells: readonly string[]; readonly points: readonly string[] }[] = [];
  let columns: readonly string[] = [];
  const batches = recordings({ 'a.csv': text }).readToEnd('a.csv');
  for await (const some of tableRows(
    'a.csv',
    batches,
    { ...OPTIONS, ...options },
    (said) => void notes.push(said),
  )) {
    ({ columns } = some);
    for (const [i, { records }] of [...eachRow(some)].entries())
      rows.push({ cells: some.cells(i), points: records.map(pointText) });
  }
  return { columns, rows, notes, points: rows.map(({ points }) => points.join(' ')) };
}

function pointText(record: SourceRecord): string {
  if (typeof record === 'string' || record.type !== 'metric') throw new Error('no point');
  const { data, timestamp } = record;
  return `${data.metricName}=${data.value}@${new Date(timestamp).toISOString().slice(11, 19)}`;
}

describe('rows of a CSV file', () => {
  it('is a point of each metric, known by the time as it was written', async () => {
    const { columns, rows, notes } = await read(
      'cpu,time,"disk, busy"\n1,2014-07-01 09:00:00,2\n3,2014-07-01 09:01:00,4\n',
    );
    expect(columns).toEqual(['timestamp', 'cpu', 'disk, busy']);
    expect(rows).toEqual([
      { cells: ['2014-07-01 09:00:00', '1', '2'], points: ['cpu=1@09:00:00', 'disk, busy=2@09:00:00'] },
      { cells: ['2014-07-01 09:01:00', '3', '4'], points: ['cpu=3@09:01:00', 'disk, busy=4@09:01:00'] },
    ]);
    expect(notes).toEqual([]);
  });

  it('takes empty cells, NaN and short rows for gaps, and tells of other cells that are no numbers', async () => {
    const { points, notes } = await read(
      'time,a,b\n1404205200,1,\n1404205260,NaN,2\n1404205320\n1404205380,oops,1e999\n',
    );
    expect(points).toEqual(['a=1@09:00:00', 'b=2@09:01:00', '', '']);
    expect(notes).toEqual(['a.csv: cells that are no numbers count as missing: 1']);
  });

  it('says which columns are no metrics', async () => {
    const { points, notes } = await read(
      'date,time,host,label,a\n2014-07-01,1,web,0,5\n2014-07-02,2,7,1,6\n',
      {
        ignore: new Set(['label', 'lable']),
      },
    );
    expect(points).toEqual(['a=5@00:00:00', 'a=6@00:00:00']);
    expect(notes).toEqual([
      'a.csv: called a time, or nothing at all, and ignored: time',
      'a.csv: no such column to --ignore: lable',
      'a.csv: no numbers, ignored: host',
    ]);
  });

  it('takes rows without a time an interval apart', async () => {
    const { points, rows, notes } = await read('5\n6\n\n7\n', { intervalMs: 300_000 });
    expect(points).toEqual(['value=5@00:05:00', 'value=6@00:10:00', 'value=7@00:15:00']);
    expect(rows[0]?.cells).toEqual(['1970-01-01T00:05:00.000Z', '5']);
    expect(notes).toEqual(['a.csv: no column is a time; its rows are taken 300 s apart (--interval)']);
  });

  it('knows rows by a number that is called a time, and by none of its points', async () => {
    const { columns, rows, points } = await read('value,timestamp\n5,1\n6,2\n');
    expect(columns).toEqual(['timestamp', 'value']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['1', '5'],
      ['2', '6'],
    ]);
    expect(points).toEqual(['value=5@00:01:00', 'value=6@00:02:00']);
  });

  it('keeps the order of rows, and gives one without a time that of the row before', async () => {
    const { points } = await read(
      'time,a\n2014-07-01 09:02,1\n2014-07-01 09:00,2\n2014-07-01 09:00,3\n?,4\n',
    );
    expect(points).toEqual(['a=1@09:02:00', 'a=2@09:00:00', 'a=3@09:00:00', 'a=4@09:00:00']);
  });

  it.each(['', 'time,value', 'time,value\n'])('has no rows in %j', async (text) => {
    expect((await read(text)).rows).toEqual([]);
  });

  it('tells when nothing is a number', async () => {
    expect((await read('time,what\n2014-07-01,up\n')).notes).toContain('a.csv: no column holds numbers');
  });
});
