import { describe, expect, it } from 'vitest';
import { runScripted } from '../../../support/scripted-program.ts';
import { statusView } from '../../../support/views.ts';

const [app] = statusView().sources;
if (app === undefined) throw new Error('no source');
const long =
  'connect ENOENT /var/run/docker.sock, and then some more words that no table of a terminal has room for';
const status = statusView({
  sources: [app, { ...app, name: 'x'.repeat(64), state: 'failing', dropped: 12, last_error: long }],
  backlog: 1,
  dead_letters: 2,
});

describe('sources', () => {
  it('shows state, rate, lag and losses, and errors in full', async () => {
    const { code, out } = await runScripted(['sources'], {
      client: { status: () => Promise.resolve(status) },
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^app +file +reading +12.3\/s +5120 +20.5 kB +0$/m);
    expect(out).toMatch(/^x+ +file +failing .* 12$/m);
    expect(out.replaceAll('\n', ' ')).toContain(long);
    expect(out).toContain('1 accepted record waits to be read\n');
    expect(out).toContain('2 records could not be read: vigilai dead list\n');
  });

  it('says how to have one when there is none', async () => {
    const none = { status: () => Promise.resolve(statusView({ sources: [] })) };
    expect((await runScripted(['sources'], { client: none })).out).toContain('vigilai sources types');
  });

  it.each(['abc', '0', '-1', '1.5', '99999'])('refuses to test for %s seconds', async (seconds) => {
    const { code, err } = await runScripted(['sources', 'test', 'app', '--seconds', seconds]);
    expect(code).toBe(2);
    expect(err).toContain('a whole number from 1 to 3600');
  });

  it('shows how far each series has learnt, and what is too sparse for a detector', async () => {
    const waiting = [
      { detector: 'seasonality', missing: 40, sparse: true },
      { detector: 'moving-average-48', missing: 64, sparse: false },
    ];
    const series = [
      { name: 'queue', state: 'alerting', seen: 30, needed: 30, points: 120, waiting },
      { name: 'errors', state: 'training', seen: 4, needed: 20, points: 4, waiting: [] },
    ] as const;
    const one = statusView({
      sources: [{ ...app, series: series.map((s) => ({ ...s, waiting: [...s.waiting] })) }],
    });
    const { out } = await runScripted(['sources', 'show', 'app'], {
      client: { status: () => Promise.resolve(one) },
    });
    expect(out).toMatch(
      /^queue +alerting +120 +too sparse for seasonality: 120 points; moving-average-48 in 64 points$/m,
    );
    expect(out).toMatch(/^errors +training 4\/20 +4$/m);
    expect(out).toContain('and 6 more');
  });

  it('knows no source of another name', async () => {
    const client = { status: () => Promise.resolve(status) };
    const { code, err } = await runScripted(['sources', 'show', 'db'], { client });
    expect(code).toBe(2);
    expect(err).toContain('there is no source db');
  });
});
