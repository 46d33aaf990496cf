import { describe, expect, it } from 'vitest';
import { type ReplayOptions, runReplay } from '../../../../src/commands/replay/replay.ts';
import { USUAL } from '../../../../src/pipeline/options.ts';
import { requestLine, T0 } from '../../../support/log-lines.ts';
import { recordings } from '../../../support/recordings.ts';
import { UNCAUGHT } from '../../../support/traces.ts';

const OPTIONS: ReplayOptions = {
  pipeline: { ...USUAL, bucketSeconds: 1, dimensions: ['path'] },
  table: { intervalMs: 60_000, ignore: new Set() },
  scores: null,
  sweep: false,
  json: false,
};

type Files = Readonly<Record<string, string>>;

async function replay(files: Files, options: Partial<ReplayOptions> = {}): Promise<string> {
  let text = '';
  const out = (part: string) => {
    text += part;
  };
  const note = (said: string) => expect.unreachable(said);
  expect(await runReplay(['logs'], recordings(files), { ...OPTIONS, ...options }, { out, note })).toBe(0);
  return text;
}

interface Document {
  readonly files: readonly { readonly anomalies: readonly unknown[] }[];
}

async function replayJson(files: Files, options: Partial<ReplayOptions> = {}): Promise<Document> {
  return JSON.parse(await replay(files, { ...options, json: true })) as Document;
}

const slow = Array.from({ length: 400 }, (_, i) =>
  requestLine(T0 + i * 100, '/a', (i < 300 ? 5 : 90) + (i % 7) / 10),
).join('\n');

/** Two days, a point a minute; every twelve hours three strange points, each time stranger. */
const load = Array.from({ length: 2880 }, (_, i) => {
  const strange = i % 720 >= 700 && i % 720 < 703 ? 8 * (1 + i / 720) : 0;
  return `${new Date(T0 + i * 60_000).toISOString()},${100 + (i % 7) + strange}`;
});
const loadFile = ['time,load', ...load].join('\n');

describe('replay', () => {
  it('prints what it read and found, a file at a time', async () => {
    const text = await replay({ 'logs/a.log': UNCAUGHT, 'logs/b.log': 'one\ntwo' });
    expect(text).toMatchInlineSnapshot(`
      "logs/a.log
        10 lines, 1 event, 1 error, 0 templates, 3 series
        1.0000  1970-01-01T00:00:00.010Z      1x  high      RangeError: too many in src/server.js handle
        still learning: events (1 of 100)

      logs/b.log
        2 lines, 2 events, 0 errors, 2 templates, 3 series
        nothing abnormal
        still learning: messages (2 of 20), events (1 of 100)

      1 anomaly in 12 lines of 2 files, 0.0 s
      less than a day was recorded: too little to say how many alerts a day to expect
      "
    `);
  });

  it('finds what leaves its range at the very end of a file', async () => {
    const { files } = await replayJson({ 'logs/a.log': slow });
    expect(files[0]).toMatchObject({ file: 'logs/a.log', lines: 400, events: 400, errors: 0, templates: 1 });
    expect(files[0]?.anomalies).toMatchObject([
      { kind: 'metric', metric_name: 'duration_ms', source: 'a', occurrences: expect.any(Number) },
    ]);
  });

  it('gives the same document each time', async () => {
    expect(await replayJson({ 'logs/a.log': slow })).toEqual(await replayJson({ 'logs/a.log': slow }));
  });

  it('tells how many alerts a day to expect once a day was recorded', async () => {
    const text = await replay({ 'logs/load.csv': loadFile });
    expect(text).toContain('2880 rows, 2880 events');
    const [, alerts = '', perDay = ''] = /(\d+) alerts? in 2\.0 days: ([\d.]+) a day/.exec(text) ?? [];
    expect(Number(alerts)).toBeGreaterThan(0);
    expect(Number(perDay)).toBeCloseTo(Number(alerts) / 2, 1);
    expect(text).toContain(`expect ${perDay} alerts a day (2.0 days recorded)`);
  });

  it('names what was still learning at the end', async () => {
    const { files } = await replayJson({ 'logs/load.csv': loadFile.split('\n').slice(0, 10).join('\n') });
    expect(files[0]).toMatchObject({
      alerts: 0,
      alerts_per_day: null,
      in_warm_up: [{ name: 'load', seen: 9, needed: expect.any(Number) }],
    });
  });

  it('sweeps: the more sensitive, the more alerts, and the configured one as it was printed', async () => {
    const { files, sweep } = (await replayJson(
      { 'logs/load.csv': loadFile },
      { sweep: true },
    )) as Document & {
      sweep: readonly { sensitivity: string; alerts: number; alerts_per_day: number }[];
    };
    expect(sweep.map(({ sensitivity }) => sensitivity)).toEqual(['quiet', 'normal', 'sensitive']);
    const [quiet = 0, normal = 0, sensitive = 0] = sweep.map(({ alerts }) => alerts);
    expect(files[0]).toMatchObject({ alerts: normal });
    expect(quiet).toBeLessThanOrEqual(normal);
    expect(normal).toBeLessThanOrEqual(sensitive);
    expect(quiet).toBeLessThan(sensitive);
    const text = await replay({ 'logs/load.csv': loadFile }, { sweep: true });
    expect(text).toMatch(new RegExp(`sensitive +\\d+ +${sensitive} +\\d`));
  });

  it('cannot read stdin several times', async () => {
    const say = { out: () => undefined, note: () => undefined };
    await expect(runReplay(['-'], recordings({}), { ...OPTIONS, sweep: true }, say)).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
