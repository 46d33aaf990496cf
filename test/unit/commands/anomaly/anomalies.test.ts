import { describe, expect, it } from 'vitest';
import type { AnomalyDetailView } from '../../../../src/contract/views.ts';
import { runScripted } from '../../../support/scripted-program.ts';
import { anomalyView, NOON } from '../../../support/views.ts';

const MINUTE = 60_000;
const reading = (detector: string, score: number) => ({
  detector,
  score,
  text: `${detector} in words`,
  evidence: { kind: 'rate', per_minute: 9, usual_per_minute: 1, learned: 50, since: NOON } as const,
});

/** Calm for half an hour, then three times the usual. */
const course = Array.from({ length: 40 }, (_, i) => ({
  time: new Date(Date.parse(NOON) + (i - 30) * MINUTE).toISOString(),
  value: i < 30 ? 10 + (i % 3) : 40,
  expected: [8, 14] as [number, number],
}));
const metric = {
  ...anomalyView('a', {
    kind: 'metric',
    title: 'queue: 40 (usually 8 to 14)',
    metric_name: 'queue',
    metric_value: 40,
    readings: [
      { ...reading('iqr', 0.999), evidence: { kind: 'silence', quiet_ms: 1, usual_gap_ms: 1 } as const },
      reading('z-score', 0.7),
      reading('spread', 0.1),
    ],
  }),
  course,
  alongside: [] as AnomalyDetailView['alongside'],
  alongside_more: 0,
};

async function shown(anomaly: typeof metric, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const client = { showAnomaly: () => Promise.resolve(anomaly) };
  return (await runScripted(['anomalies', 'show', 'aa'], { client, env })).out;
}

describe('anomalies show', () => {
  it('draws the values over what was usual, marks the alarm, and says what each detector saw', async () => {
    const out = await shown(metric, { LANG: 'en_GB.UTF-8' });
    expect(out).toMatch(/[\u2800-\u28ff]/);
    expect(out).toMatch(/░ usual {2}▲ noticed {2}2026-11-23 UTC/);
    const lines = out.split('\n');
    const marked = lines.find((line) => line.trim() === '▲') ?? '';
    const times = lines.find((line) => line.includes('11:30')) ?? '';
    expect(Math.abs(times.indexOf('12:00') + 2 - marked.length + 1)).toBeLessThan(3);
    expect(times).toContain('11:30');
    expect(times).toContain('12:09');
    for (const line of lines.slice(lines.indexOf(marked) - 7, lines.indexOf(marked)))
      expect(line).toHaveLength(80);
    expect(out).toContain(
      'iqr 0.9990: iqr in words\nz-score 0.7000: z-score in words\nnothing strange to spread\n',
    );
  });

  it.each([{}, { LANG: 'C' }, { LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }])(
    'draws in ASCII where the locale %o knows no more',
    async (env) => {
      const out = await shown({ ...metric, sample: { ...metric.sample, text: 'x' } }, env);
      expect(out).toMatch(/^ *\^$/m);
      expect(out.slice(out.indexOf('|'), out.indexOf('iqr'))).toMatch(/^[ -~\n]*$/);
    },
  );

  it('draws nothing of a single point', async () => {
    expect(await shown({ ...metric, course: course.slice(0, 1) })).not.toContain('noticed');
  });

  it('names what turned abnormal with it', async () => {
    expect(await shown(metric)).not.toContain('with  ');
    const alongside: typeof metric.alongside = [
      { name: 'network bytes', value: 12_761, expected: [2147, 6433] },
      { name: 'connections', value: 96, expected: null },
    ];
    const out = await shown({ ...metric, alongside, alongside_more: 3 });
    expect(out).toContain(
      'with        network bytes 12761 (usually 2147 to 6433), connections 96 and 3 more\n',
    );
  });

  it('has the numbers in its JSON', async () => {
    const client = { showAnomaly: () => Promise.resolve(metric) };
    const { out } = await runScripted(['anomalies', 'show', 'aa', '--json'], { client });
    expect(JSON.parse(out)).toMatchObject({ course, readings: [{ text: 'iqr in words' }, {}, {}] });
  });
});

describe('anomalies mute', () => {
  it.each([
    [[], 1440],
    [['--for', '90m'], 90],
    [['--for', '2h'], 120],
    [['--for', '7d'], 10_080],
    [['--for', '0h'], 0],
  ])('%j asks for so many minutes: %d', async (flags, minutes) => {
    const asked: unknown[] = [];
    const client = {
      muteAnomaly(input: unknown) {
        asked.push(input);
        return Promise.resolve(anomalyView('a', { muted_until: minutes === 0 ? null : NOON }));
      },
    };
    const { out } = await runScripted(['anomalies', 'mute', 'aa', ...flags], { client });
    expect(asked).toEqual([{ id: 'aa', minutes }]);
    expect(out).toBe(`aaaaaaaa ${minutes === 0 ? 'speaks again' : `is muted until ${NOON}`}.\n`);
  });

  it.each(['2', 'h', '2w', '-1h', '367d', ''])('refuses %j', async (time) => {
    const { code, err } = await runScripted(['anomalies', 'mute', 'aa', '--for', time]);
    expect(code).toBe(2);
    expect(err).toContain('a time such as 90m, 12h or 7d, at most a year');
  });
});
