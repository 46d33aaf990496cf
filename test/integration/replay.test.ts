import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../../src/adapters/sources/file/bytes/read-to-end.ts';
import { readRecording } from '../../src/adapters/sources/recording.ts';
import { writeText } from '../../src/adapters/system/write-text.ts';
import { folderWith, vigilai } from '../support/cli.ts';
import { runScripted } from '../support/scripted-program.ts';

/** The command in this process, with the files that it has in production. */
function replay(...argv: readonly string[]) {
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const readToEnd = (path: string) => readRecording(path, process.stdin);
  return runScripted(['replay', ...argv], { house: { clock, readToEnd, filesBelow, writeText } });
}

/** Three hundred calm minutes, then twenty that are not. */
function table(header: string, row: (minute: string, value: number, i: number) => string): string {
  const rows = Array.from({ length: 320 }, (_, i) => {
    const minute = new Date(Date.UTC(2026, 0, 5, 0, i)).toISOString().slice(0, 19).replace('T', ' ');
    return row(minute, 100 + (i % 7) + (i >= 300 ? 80 : 0), i);
  });
  return `${header}\n${rows.join('\n')}\n`;
}

/** The rows of a file of scores as objects. */
function scores(...path: readonly string[]): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...rows] = readFileSync(join(...path), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i] ?? '', cell])));
}

const atBar = (rows: ReturnType<typeof scores>) =>
  rows.flatMap((row, i) => (Number(row['anomaly_score']) >= 0.997 ? [i] : []));

/** One alarm, and what supersedes it as it becomes clearly stronger: within a few rows, or never. */
function expectOneEpisode(rows: readonly number[]): void {
  const [first = Number.NaN] = rows;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThanOrEqual(3);
  for (const row of rows) expect(row - first).toBeLessThan(10);
}

describe('vigilai replay --scores', () => {
  it('scores each row of each file of a folder, into a folder like it', async () => {
    const plain = table('timestamp,value', (minute, value) => `${minute},${value}`);
    const cwd = folderWith({
      'data/one/plain.csv': plain,
      'data/two/deep/many.csv': table(
        'when,cpu,wait,host',
        (minute, value, i) => `${minute},${value},${i % 10 === 0 ? '' : value * 2},web-1`,
      ),
      'data/two/app.log': 'one\ntwo\n',
    });
    writeFileSync(join(cwd, 'data/packed.csv.gz'), gzipSync(plain));
    const { code, out, err } = await vigilai(['replay', 'data', '--scores', 'out'], { cwd });
    expect(code).toBe(0);
    expect(err).toBe('data/two/deep/many.csv: no numbers, ignored: host\n');
    expect(out).toContain('320 rows, 608 events');

    const one = scores(cwd, 'out/one/plain.csv');
    expect(one).toHaveLength(320);
    expect(Object.keys(one[0] ?? {})).toEqual(['timestamp', 'value', 'anomaly_score', 'raw_score']);
    expect(one[1]).toMatchObject({ timestamp: '2026-01-05 00:01:00', value: '101' });
    expectOneEpisode(atBar(one));
    expect(atBar(one)[0]).toBeGreaterThanOrEqual(300);
    expect(scores(cwd, 'out/packed.csv')).toEqual(one);

    const many = scores(cwd, 'out/two/deep/many.csv');
    expect(Object.keys(many[0] ?? {})).toEqual([
      'timestamp',
      'cpu',
      'wait',
      'host',
      'anomaly_score',
      'raw_score',
    ]);
    expectOneEpisode(atBar(many));
    expect(scores(cwd, 'out/two/app.log.csv')).toHaveLength(2);
  });

  it('leaves scores of an earlier run alone, and those that are there when a file cannot be read', async () => {
    const cwd = folderWith({ 'data/a.csv': 'time,value\n2026-01-05,1\n', 'data/out/a.csv': 'old' });
    const argv = [join(cwd, 'data'), '--scores', join(cwd, 'data/out')];
    const again = await replay(...argv, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ files: [{ file: join(cwd, 'data/a.csv'), lines: 1 }] });
    const before = readFileSync(join(cwd, 'data/out/a.csv'), 'utf8');
    writeFileSync(join(cwd, 'data/a.csv'), 'time,value\n2026-01-05,1\n"open');
    const { code, err } = await replay(...argv);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('begins in line 3') });
    expect(readFileSync(join(cwd, 'data/out/a.csv'), 'utf8')).toBe(before);
    expect(existsSync(join(cwd, 'data/out/a.csv.part'))).toBe(false);
  });

  it('tells why scores cannot be written', async () => {
    const cwd = folderWith({ 'a.csv': 'time,value\n2026-01-05,1\n', taken: '' });
    const { code, err } = await replay(join(cwd, 'a.csv'), '--scores', join(cwd, 'taken'));
    expect(code).toBe(2);
    expect(err).toMatch(/^vigilai: .*a\.csv cannot be written: a folder on its way is a file\nnext: /);
  });
});

describe('vigilai replay of a dump of OTLP/JSON', () => {
  const gauge = (minute: number, value: number) => ({
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'queue.depth',
                gauge: {
                  dataPoints: [
                    { timeUnixNano: `${Date.UTC(2026, 0, 5, 0, minute)}000000`, asDouble: value },
                    {
                      timeUnixNano: `${Date.UTC(2026, 0, 5, 0, minute)}000000`,
                      asInt: '7',
                      attributes: [{ key: 'lane', value: { stringValue: 'slow' } }],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const requests = Array.from({ length: 320 }, (_, i) => gauge(i, 100 + (i % 7) + (i >= 300 ? 80 : 0)));
  const trouble = {
    resourceLogs: [
      {
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: `${Date.UTC(2026, 0, 5)}000000`,
                severityNumber: 17,
                body: { stringValue: 'payment failed' },
                attributes: [
                  { key: 'exception.type', value: { stringValue: 'TypeError' } },
                  { key: 'exception.message', value: { stringValue: 'x is undefined' } },
                  {
                    key: 'exception.stacktrace',
                    value: { stringValue: 'TypeError: x is undefined\n    at pay (/srv/src/pay.js:3:7)' },
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  };

  it('judges its points, a request a line, and scores each record', async () => {
    const cwd = folderWith({ 'metrics.json': requests.map((one) => JSON.stringify(one)).join('\n') });
    const { code, out } = await replay(join(cwd, 'metrics.json'), '--scores', join(cwd, 'out'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      files: [{ lines: 640, events: 640, series: 2, anomalies: [{ metric_name: 'queue.depth' }] }],
    });
    const rows = scores(cwd, 'out/metrics.json.csv');
    expect(rows[3]).toMatchObject({ timestamp: '2026-01-05T00:01:00.000Z', record: '4' });
    expectOneEpisode(atBar(rows));
  });

  it('reads one document over many lines, packed too', async () => {
    const cwd = folderWith({});
    writeFileSync(join(cwd, 'logs.json.gz'), gzipSync(JSON.stringify(trouble, null, 2)));
    const { out } = await replay(join(cwd, 'logs.json.gz'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      files: [{ lines: 1, errors: 1, anomalies: [{ kind: 'error', source: 'logs' }] }],
    });
  });

  it('says which line is no request', async () => {
    const cwd = folderWith({ 'metrics.json': `${JSON.stringify(gauge(0, 1))}\n{"resourceMetrics": 7}\n` });
    const { code, err } = await replay(join(cwd, 'metrics.json'));
    expect(code).toBe(2);
    expect(err).toMatch(
      /^vigilai: line 2 of .*metrics\.json is no OTLP\/JSON export request: see resourceMetrics\n/,
    );
  });
});
