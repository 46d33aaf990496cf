import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readRecording } from '../../../src/adapters/sources/recording.ts';
import type { SourceRecord } from '../../../src/domain/event.ts';
import { folderWith } from '../../support/cli.ts';

const NOTHING = Readable.from([]);

async function read(text: string): Promise<readonly SourceRecord[]> {
  const path = join(folderWith({}), 'recording');
  writeFileSync(path, text);
  const records: SourceRecord[] = [];
  let offset = 0;
  for await (const batch of readRecording(path, NOTHING)) {
    records.push(...batch.records);
    expect(batch.cursor.offset).toBeGreaterThanOrEqual(offset);
    offset = batch.cursor.offset;
  }
  return records;
}

const said = (message: string, more = {}) => ({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: message }, ...more }] }] }],
});
const messages = (records: readonly SourceRecord[]) =>
  records.map((one) => (typeof one === 'object' && one.type === 'log' ? one.data.message : one));

it('gives the lines of a log, JSON or not', async () => {
  expect(await read('{"msg":"resourceLogs"}\ntwo\n')).toEqual(['{"msg":"resourceLogs"}', 'two']);
  expect(await read('')).toEqual([]);
});

it('gives the events of a dump, whose lines may be longer than those of a log', async () => {
  const long = 'x'.repeat(900_000);
  const lines = [
    said('one'),
    said('two', { attributes: [{ key: 'a', value: { stringValue: long + long } }] }),
  ];
  const records = await read(`${lines.map((one) => JSON.stringify(one)).join('\n')}\n\n`);
  expect(messages(records)).toEqual(['one', 'two']);
});

it('gives a record without a time that of the latest before it', async () => {
  const lines = [said('one', { timeUnixNano: '1767571200000000000' }), said('two')];
  const records = await read(lines.map((one) => JSON.stringify(one)).join('\n'));
  expect(records.map((one) => (typeof one === 'object' ? one.timestamp : null))).toEqual([
    Date.UTC(2026, 0, 5),
    Date.UTC(2026, 0, 5),
  ]);
});

it('goes on with counters from one request to the next', async () => {
  const total = (second: number, value: number) => ({
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'requests',
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [{ timeUnixNano: `${1767571200 + second}000000000`, asInt: String(value) }],
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const records = await read([total(0, 100), total(10, 150)].map((one) => JSON.stringify(one)).join('\n'));
  expect(records).toMatchObject([{ type: 'metric', data: { metricName: 'requests.rate', value: 5 } }]);
});
