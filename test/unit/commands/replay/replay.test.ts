import { describe, expect, it } from 'vitest';
import { runReplay } from '../../../../src/commands/replay/replay.ts';
import { USUAL } from '../../../../src/pipeline/options.ts';
import type { LineBatch } from '../../../../src/ports/source.ts';
import { requestLine, T0 } from '../../../support/log-lines.ts';
import { UNCAUGHT } from '../../../support/traces.ts';

function houseOf(files: Readonly<Record<string, readonly string[]>>) {
  return {
    clock: { now: () => T0, sleep: () => Promise.resolve() },
    filesBelow: (path: string) => Promise.resolve(Object.keys(files).filter((file) => file.startsWith(path))),
    async *readToEnd(path: string): AsyncGenerator<LineBatch> {
      await Promise.resolve();
      const lines = files[path] ?? [];
      const cursor = { stream: path, offset: lines.length, mark: null };
      yield {
        stream: path,
        mark: null,
        records: lines,
        marks: null,
        offsets: lines.map((_, i) => i),
        cursor,
        receivedAt: 0,
        ended: true,
      };
    },
  };
}

const OPTIONS = { ...USUAL, bucketSeconds: 1, dimensions: ['path'], json: false };

async function replay(files: Readonly<Record<string, readonly string[]>>, json: boolean): Promise<string> {
  let text = '';
  const code = await runReplay(['logs'], houseOf(files), { ...OPTIONS, json }, (part) => {
    text += part;
  });
  expect(code).toBe(0);
  return text;
}

const slow = Array.from({ length: 400 }, (_, i) =>
  requestLine(T0 + i * 100, '/a', (i < 300 ? 5 : 90) + (i % 7) / 10),
);

describe('replay', () => {
  it('prints what it read and found, a file at a time', async () => {
    const text = await replay({ 'logs/a.log': UNCAUGHT.split('\n'), 'logs/b.log': ['one', 'two'] }, false);
    expect(text).toMatchInlineSnapshot(`
      "logs/a.log
        10 lines, 1 event, 1 error, 0 templates, 3 series
        1.0000  1970-01-01T00:00:00.010Z      1x  high      RangeError: too many in src/server.js handle

      logs/b.log
        2 lines, 2 events, 0 errors, 2 templates, 3 series
        nothing abnormal

      1 anomaly in 12 lines of 2 files, 0.0 s
      "
    `);
  });

  it('finds what leaves its range at the very end of a file', async () => {
    const { files } = JSON.parse(await replay({ 'logs/a.log': slow }, true)) as {
      files: readonly { anomalies: readonly Record<string, unknown>[] }[];
    };
    expect(files[0]).toMatchObject({ file: 'logs/a.log', lines: 400, events: 400, errors: 0, templates: 1 });
    expect(files[0]?.anomalies).toMatchObject([
      { kind: 'metric', metric_name: 'duration_ms', source: 'a', occurrences: expect.any(Number) },
    ]);
  });

  it('gives the same document each time', async () => {
    expect(await replay({ 'logs/a.log': slow }, true)).toBe(await replay({ 'logs/a.log': slow }, true));
  });
});
