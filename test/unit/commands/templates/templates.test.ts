import { describe, expect, it } from 'vitest';
import { mineFile } from '../../../../src/commands/templates/mine-file.ts';
import type { SourceRecord } from '../../../../src/domain/event.ts';
import type { LineBatch } from '../../../../src/ports/source.ts';
import { runScripted } from '../../../support/scripted-program.ts';
import { UNCAUGHT } from '../../../support/traces.ts';

const LOG = [
  '2026-01-05T12:00:00.000Z INFO listening on port 8080',
  '2026-01-05T12:00:01.000Z INFO mode set to "fast", as asked',
  '2026-01-05T12:00:02.000Z INFO mode set to "0x1f", as asked',
  '2026-01-05T12:00:03.000Z ERROR order 12 of customer 7 refused',
  '2026-01-05T12:00:04.000Z ERROR order 13 of customer 9 refused',
  '2026-01-05T12:00:05.000Z INFO order 14 of customer 9 refused',
];

/** What the command says of a log, and the files it writes. */
async function templatesOf(lines: readonly string[], ...flags: readonly string[]) {
  const written = new Map<string, string>();
  const house = {
    clock: { now: () => Date.UTC(2026, 0, 5), sleep: () => Promise.resolve() },
    readToEnd: (path: string) => batches(path, lines),
    async writeText(path: string, parts: AsyncIterable<string>): Promise<void> {
      let text = '';
      for await (const part of parts) text += part;
      written.set(path, text);
    },
  };
  const ran = await runScripted(['templates', 'app.log', ...flags], { house });
  return { ...ran, written };
}

/** Two lines a batch. */
async function* batches(stream: string, lines: readonly string[]): AsyncGenerator<LineBatch> {
  await Promise.resolve();
  for (let from = 0; from < lines.length; from += 2) {
    const records = lines.slice(from, from + 2);
    const cursor = { stream, offset: from, mark: null };
    yield {
      stream,
      records,
      offsets: [from, from + 1],
      marks: null,
      mark: null,
      cursor,
      receivedAt: 0,
      ended: false,
    };
  }
}

describe('templates', () => {
  it('prints the templates of a log, most frequent first, and sums up beside them', async () => {
    const { code, out, err, written } = await templatesOf(LOG);
    expect({ code, err, files: written.size }).toEqual({
      code: 0,
      err: '6 lines, 6 messages, 4 templates\n',
      files: 0,
    });
    expect(out).toMatchInlineSnapshot(`
      "2  info   mode set to <*>, as asked
      2  error  order <*> of customer <*> refused
      1  info   listening on port <*>
      1  info   order <*> of customer <*> refused
      "
    `);
  });

  it('writes one row a line, with what its template is in the end', async () => {
    const { written } = await templatesOf(LOG, '--out', 'rows.csv');
    expect(written.get('rows.csv')).toMatchInlineSnapshot(`
      "LineId,template
      1,listening on port <*>
      2,"mode set to <*>, as asked"
      3,"mode set to <*>, as asked"
      4,order <*> of customer <*> refused
      5,order <*> of customer <*> refused
      6,order <*> of customer <*> refused
      "
    `);
  });

  it('gives each line of a stack trace the row of its error', async () => {
    const lines = ['', 'ready', ...UNCAUGHT.split('\n'), 'ready'];
    const { written, err } = await templatesOf(lines, '--out', 'rows.csv');
    expect(err).toContain(`${lines.length} lines, 3 messages, 2 templates`);
    const [, ...rows] = written.get('rows.csv')?.trimEnd().split('\n') ?? [];
    expect(rows).toEqual([
      '1,',
      '2,ready',
      ...UNCAUGHT.split('\n').map((_, i) => `${i + 3},RangeError: too many`),
      `${lines.length},ready`,
    ]);
  });

  it('has a JSON document', async () => {
    const { out } = await templatesOf(LOG, '--json');
    expect(JSON.parse(out)).toMatchObject({
      file: 'app.log',
      lines: 6,
      messages: 6,
      templates: [
        { level: 'info', count: 2, template: 'mode set to <*>, as asked', template_id: expect.any(String) },
        { level: 'error', count: 2 },
        { count: 1 },
        { count: 1 },
      ],
    });
  });

  it('takes carried lines and whole events too', async () => {
    const records: readonly SourceRecord[] = [
      {
        type: 'line',
        text: 'job 7 done',
        timestamp: null,
        level: 'warn',
        lane: null,
        partial: false,
        metadata: {},
      },
      {
        type: 'log',
        timestamp: 0,
        metadata: {},
        data: { message: 'job 8 done', level: 'warn', fields: null },
      },
      { type: 'metric', timestamp: 0, metadata: {}, data: { metricName: 'jobs', value: 8 } },
    ];
    const one = (async function* () {
      await Promise.resolve();
      yield { records };
    })();
    const found = await mineFile(one, { timezone: null, patterns: [] }, Date.UTC(2026, 0, 5));
    expect(found.templates).toMatchObject([{ count: 2, level: 'warn', text: 'job <*> done' }]);
    expect([found.lines, found.messages, found.ofLine(1)]).toEqual([3, 2, 'job <*> done']);
  });
});
