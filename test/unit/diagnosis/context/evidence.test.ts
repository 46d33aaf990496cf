import { describe, expect, it } from 'vitest';
import { commitItems } from '../../../../src/diagnosis/context/commits.ts';
import { configurationItems } from '../../../../src/diagnosis/context/configuration.ts';
import { deploymentItems } from '../../../../src/diagnosis/context/deployments.ts';
import { logItems } from '../../../../src/diagnosis/context/logs.ts';
import { metricItems } from '../../../../src/diagnosis/context/metrics.ts';
import { neighbourItems } from '../../../../src/diagnosis/context/neighbours.ts';
import { pastItems } from '../../../../src/diagnosis/context/past.ts';
import { traceItems } from '../../../../src/diagnosis/context/traces.ts';
import type { Anomaly, AnomalyFacts } from '../../../../src/domain/anomaly.ts';
import type { KeptRecord } from '../../../../src/domain/kept-record.ts';
import { redact } from '../../../../src/domain/redact.ts';
import { HOUR_MS } from '../../../../src/domain/rollup.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { AT, anomalyAs, diagnosisFor, factsFor, fixFor } from '../../../support/nouns.ts';

const ANOMALY = anomalyAs({ status: 'diagnosing' }, 'x is undefined');
const anomaly = (changes: Partial<AnomalyFacts>, name = 'x is undefined'): Anomaly => ({
  ...factsFor(name, changes),
  status: 'diagnosing',
});
const labelled = (labels: AnomalyFacts['sample']['labels']) =>
  anomaly({ sample: { ...ANOMALY.sample, labels } });

function record(second: number, message: string, more: Partial<KeptRecord> = {}): KeptRecord {
  const text = redact(message);
  const base = {
    id: `${second} ${message}`,
    source: 'app',
    timestamp: AT + second * 1000,
    level: 'info' as const,
  };
  return { ...base, message: text, error: null, text, labels: {}, ...more };
}

describe('logs around an anomaly', () => {
  it('are one item a template, with how often, from when to when, and one example', () => {
    const items = logItems(ANOMALY, [
      record(-9, 'got order 17'),
      record(-5, 'got order 18'),
      record(-1, 'bye'),
    ]);
    const orders = items.find(({ title }) => title.includes('got order'));
    expect(orders?.title).toBe('2x app INFO got order <*>');
    expect(orders?.text).toBe('2026-01-05 11:59:51 to 2026-01-05 11:59:55, such as:\ngot order 18');
    expect(items).toHaveLength(2);
  });

  it('come in order of worth: of the same request, then errors, then what is near', () => {
    const items = logItems(labelled({ request_id: 'r-17' }), [
      record(-1, 'near'),
      record(-300, 'far'),
      record(-60, 'failed', { level: 'error' }),
      record(-120, 'began', { labels: { request_id: 'r-17' } }),
    ]);
    expect(items.map(({ id, title }) => `${id} ${title}`)).toEqual([
      'L1 1x app INFO began',
      'L2 1x app ERROR failed',
      'L3 1x app INFO near',
      'L4 1x app INFO far',
    ]);
  });

  it('do not hold the event itself again', () => {
    expect(logItems(ANOMALY, [record(0, 'x', { id: ANOMALY.eventId })])).toEqual([]);
  });
});

describe('traces', () => {
  it('tell what caused what, nearest to the fault first', () => {
    const inner = ANOMALY.sample.trace;
    if (inner === null) throw new Error('it has a trace');
    const trace = { ...inner, errorType: 'HttpError', message: 'no answer', cause: inner };
    const [item] = traceItems(anomaly({ sample: { ...ANOMALY.sample, trace } }), []);
    expect(item?.text).toBe(
      'TypeError: x is undefined at f (src/a.js:3)\nHttpError: no answer at f (src/a.js:3)',
    );
  });

  it('tell what the same request did in all sources, in order of time', () => {
    const own = [
      record(-2, 'in', { text: redact('in req_id=abc-1') }),
      record(-1, 'query', { source: 'db', text: redact('req_id=abc-1') }),
    ];
    const [item] = traceItems(labelled({ 'x-request-id': 'abc-1' }), [...own, record(-1, 'other')]);
    expect(item?.title).toBe('what x-request-id abc-1 did in app, db, 2 records');
    expect(item?.text).toBe('2026-01-05 11:59:58 app INFO in\n2026-01-05 11:59:59 db INFO query');
  });
});

describe('metrics', () => {
  it('are what the detectors read, the course, and companions with what is usual of them', () => {
    const items = metricItems(
      anomaly({
        metricName: 'duration_ms',
        course: [
          { time: AT - 1000, value: 10, expected: [8, 12] },
          { time: AT, value: 90, expected: [8, 12] },
        ],
        alongside: { count: 1, series: [{ name: 'queue_length', value: 40, expected: [0, 5] }] },
      }),
      [],
    );
    expect(items.map(({ title }) => title)).toEqual([
      'what the detectors read',
      'duration_ms, value by value',
      'turned abnormal with it: queue_length',
    ]);
    expect(items[1]?.text).toContain('2026-01-05 12:00:00 90 (usually 8 to 12)');
    expect(items[2]?.text).toBe('queue_length 40 (usually 0 to 5)');
  });

  it('are hours that stand out from those before, and no others', () => {
    const hours = (series: string, values: readonly number[]) =>
      values.map((value, i) => ({
        series,
        hour: i * HOUR_MS,
        count: 2,
        sum: 2 * value,
        min: value,
        max: value,
      }));
    const usual = [10, 11, 9, 10, 12, 10, 11, 10];
    const items = metricItems(anomaly({ readings: [] }), [
      ...hours('errors', [...usual, 90]),
      ...hours('calm', [...usual, 11]),
      ...hours('young', [1, 90]),
    ]);
    expect(items.map(({ title }) => title)).toEqual(['errors in the hour from 1970-01-01 08:00:00']);
    expect(items[0]?.text).toMatch(/^mean 90 \(usually 9 to 12\)/);
  });
});

describe('other anomalies at the same time', () => {
  it('are told by how near they are, in whatever source; others are not', () => {
    const other = (name: string, seconds: number, source = 'db') =>
      anomaly({ firstSeen: AT + seconds * 1000, source }, name);
    const items = neighbourItems(ANOMALY, [other('late', 3600), other('disk', -40), other('pool', 5)]);
    expect(items.map(({ title }) => title)).toEqual([
      'another anomaly 5 s after, in db: TypeError: pool',
      'another anomaly 40 s before, in db: TypeError: disk',
    ]);
  });
});

describe('deployments', () => {
  it('are the last change of version, what telemetry says of a release, and tags before it', () => {
    const versioned = (second: number, version: string) =>
      record(second, 'x', { labels: { 'service.version': version } });
    const items = deploymentItems(
      labelled({ 'service.version': '1.5.0' }),
      {
        records: [versioned(-500, '1.4.2'), versioned(-60, '1.5.0'), record(-70, 'deployed release 88')],
        others: [],
      },
      [
        { name: 'v1.5.0', commit: 'abcdef0123456', date: AT - 2 * HOUR_MS, subject: 'release 1.5' },
        { name: 'v0.1', commit: '0', date: 0, subject: 'long ago' },
      ],
    );
    expect(items.map(({ title }) => title)).toEqual([
      'version 1.4.2 to 1.5.0',
      'app speaks of a release',
      'tag v1.5.0',
    ]);
    expect(items[0]?.text).toContain('to 1.5.0 (first seen 2026-01-05 11:59:00)');
    expect(items[2]?.text).toContain('commit abcdef0123 release 1.5; 2 hours before');
  });
});

describe('commits', () => {
  it('are the suspects, then the newest others before the anomaly', () => {
    const suspect = {
      sha: 'a'.repeat(40),
      subject: redact('s'),
      author: 'Ann',
      date: AT - 9,
      score: 1,
      why: 'blame',
    };
    const commit = (sha: string, date: number) => ({
      sha,
      author: 'Ben',
      date,
      subject: sha,
      files: ['a.js'],
    });
    const history = [commit('late', AT + 1), commit('a'.repeat(40), AT - 9), commit('before', AT - 20)];
    expect(commitItems(ANOMALY, [suspect], history).map(({ id, title }) => [id, title])).toEqual([
      ['C1', 'aaaaaaaaaa s'],
      ['C2', 'before before'],
    ]);
  });
});

describe('similar anomalies of the past', () => {
  const never = async () => ({ diagnosis: null, fix: null, pull: null });

  it('are told with their cause and what fixed them', async () => {
    const old = {
      ...factsFor('x is undefined', { id: '0ld', firstSeen: AT - 9 }),
      status: 'resolved' as const,
      at: AT - 1,
    };
    const diagnosis = diagnosisFor(old.id);
    const became = async () => ({ diagnosis, fix: fixFor(diagnosis), pull: null });
    const [item] = await pastItems(ANOMALY, [old], became);
    expect(item?.title).toContain('the same fault');
    expect(item?.text).toContain('resolved 2026-01-05');
    expect(item?.text).toContain('Cause (likely): x is read before it is set');
    expect(item?.text).toContain('Fix vigilai/x-is-undefined: proven; changed src/a.js');
  });

  it('are known by place, message or metric; what is only of the same source is another fault', async () => {
    const past = { firstSeen: AT - 9 };
    const trace = ANOMALY.sample.trace;
    const elsewhere = trace && {
      ...trace,
      errorType: 'RangeError',
      frames: [{ file: 'src/b.js', line: 1, column: 1, symbol: 'g', inApp: true }],
    };
    const others = [
      anomaly(past, 'y is undefined'),
      anomaly({ ...past, sample: { ...ANOMALY.sample, trace: elsewhere } }, 'z'),
    ];
    const items = await pastItems(ANOMALY, others, never);
    expect(items.map(({ title }) => title.replace(/^\S+ \S+ \S+ /, ''))).toEqual([
      'thrown at the same place: TypeError: y is undefined',
    ]);
  });

  it('are none that came later', async () => {
    expect(await pastItems(ANOMALY, [anomaly({ firstSeen: AT + 1, id: 'l' })], never)).toEqual([]);
  });
});

describe('configuration', () => {
  const at = (excerpt: string) => [
    { file: 'src/a.js', line: 1, symbol: null, score: 1, why: '', excerpt: redact(excerpt) },
  ];
  const repository = codeOnPaper({
    'docker-compose.yml': 'environment:\n  LABEL_DIR: /labels\n  LABEL_DIR_OLD: /x\n',
    '.env': 'LABEL_DIR=/srv/private\n',
    'src/a.js': 'process.env.LABEL_DIR',
    'config/app.yaml': 'db:\n  DB_PASSWORD: hunter2hunter2\n',
  });

  it('is where tracked files set what the code of a suspect reads, without what .env holds', async () => {
    const [item] = await configurationItems(ANOMALY, at('> 1 | dir = process.env.LABEL_DIR'), repository);
    expect(item?.text.split('\n')).toEqual([
      'LABEL_DIR is read from the environment.',
      'docker-compose.yml:2: LABEL_DIR: /labels',
      '.env:1: LABEL_DIR=(value not told)',
    ]);
  });

  it('says when a setting that is read is set nowhere', async () => {
    const [item] = await configurationItems(ANOMALY, at('> 1 | os.environ["QUEUE_URL"]'), repository);
    expect(item?.text).toBe('QUEUE_URL is read from the environment; no tracked configuration file sets it.');
  });

  it('holds no secret once it is told', async () => {
    const said = anomaly({ title: redact('bad DB_PASSWORD') });
    const [item] = await configurationItems(said, [], repository);
    expect(item?.text).toContain('config/app.yaml:2');
    expect(redact(item?.text ?? '')).not.toContain('hunter2');
  });
});
