import { render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { Frame, Screen } from '../../src/tui/frame.tsx';
import { EMPTY, type Happening, type Key, type LiveState, reduce } from '../../src/tui/state.ts';
import { anomalyView, diagnosisView, idOf, jobView, NOON, statusView } from '../support/views.ts';

const now = Date.parse(NOON) + 42_000;
const size = { columns: 90, rows: 24 };

function stateAfter(...happenings: readonly Happening[]): LiveState {
  return happenings.reduce((state, happening) => reduce(state, happening).state, EMPTY);
}

function frameOf(state: LiveState, more: Partial<Parameters<typeof Frame>[0]> = {}): string {
  return (
    render(<Frame state={state} {...size} now={now} colors={false} keys={true} {...more} />).lastFrame() ?? ''
  );
}

const status: Happening = {
  kind: 'change',
  change: { kind: 'status', status: statusView({ jobs_active: [jobView('b')] }) },
};
const listed: Happening = {
  kind: 'listed',
  anomalies: [
    anomalyView('a', { severity: 'critical', occurrences: 17, status: 'diagnosed', diagnosis_id: idOf('d') }),
    anomalyView('b', {
      kind: 'metric',
      status: 'fixing',
      severity: 'medium',
      title: 'duration_ms /report: 840 (usually 2 to 9)',
      first_seen: '2026-11-23T11:59:00.000Z',
      metric_name: 'duration_ms',
      metric_value: 840,
      expected_range: [2, 9],
    }),
  ],
};

describe('the live view as text', () => {
  it('waits for the daemon', () => {
    expect(frameOf(EMPTY)).toMatchInlineSnapshot(`
      "VigilAI  waiting for the daemon

        nothing abnormal so far

        ↑↓ choose  enter details  d diagnose  f fix  x dismiss  q quit"
    `);
  });

  it('shows sources, anomalies and what is being done', () => {
    expect(frameOf(stateAfter(status, listed))).toMatchInlineSnapshot(`
      "VigilAI  /home/ada/shop  2 open anomalies  automation: diagnose
        app  reading   12.3/s   lag 20.5 kB   6 of 8 ready, learning 45%
             duration_ms /pay training 9/20

      › aaaaaaaa  critical diagnosed    ×17  42s  TypeError: a is not a function
        bbbbbbbb  medium   fixing        ×3  42s  duration_ms /report: 840 (usually 2 to 9)

        ◦ fix bbbbbbbb  the agent is writing  40%
        ↑↓ choose  enter details  d diagnose  f fix  x dismiss  q quit"
    `);
  });

  it('says of the opened anomaly what the surest detector saw', () => {
    const evidence = { kind: 'silence', quiet_ms: 1, usual_gap_ms: 1 } as const;
    const readings = [
      { detector: 'iqr', score: 0.999, text: 'the value is 840; 2 to 9 is usual', evidence },
      { detector: 'spread', score: 0.2, text: 'nothing', evidence },
    ];
    const explained: Happening = { kind: 'listed', anomalies: [anomalyView('b', { readings })] };
    const frame = frameOf(stateAfter(status, explained, { kind: 'key', key: 'enter' }));
    expect(frame).toContain('  iqr: the value is 840; 2 to 9 is usual');
    expect(frame).not.toContain('spread');
  });

  it('shows one anomaly in full', () => {
    const diagnosis: Happening = { kind: 'diagnosis', diagnosis: diagnosisView('a') };
    const state = stateAfter(status, listed, { kind: 'key', key: 'enter' }, diagnosis);
    expect(frameOf(state)).toMatchInlineSnapshot(`
      "VigilAI  /home/ada/shop  2 open anomalies  automation: diagnose
        app  reading   12.3/s   lag 20.5 kB   6 of 8 ready, learning 45%
             duration_ms /pay training 9/20

        TypeError: a is not a function
        aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa  diagnosed  ×17  confidence 0.9991
          TypeError: a is not a function
              at pay (src/pay.js:4:2)

        confirmed: pay is called before the cart is loaded
        at src/pay.js:4  TypeError was thrown here
        since 01234567 pay faster (Ada)

        ◦ fix bbbbbbbb  the agent is writing  40%
        ↑↓ choose  enter details  d diagnose  f fix  x dismiss  q quit"
    `);
  });

  it('tells why a source fails', () => {
    const [source] = statusView().sources;
    if (source === undefined) throw new Error('no source');
    const failing = statusView({
      sources: [{ ...source, state: 'failing', last_error: 'logs is a folder' }],
    });
    expect(frameOf(stateAfter({ kind: 'change', change: { kind: 'status', status: failing } }))).toContain(
      'app  failing: logs is a folder',
    );
  });

  it('is silent about losses while there are none', () => {
    expect(frameOf(stateAfter(status))).not.toMatch(/lost|unreadable|waiting|bound/);
  });

  it('shows what was lost, set aside, waits, and will be deleted early', () => {
    const [source] = statusView().sources;
    if (source === undefined) throw new Error('no source');
    const { retention } = statusView();
    const losing = statusView({
      sources: [source, { ...source, name: 'sys', dropped: 12 }, { ...source, name: 'web', dropped: 1 }],
      dead_letters: 2,
      backlog: 40,
      retention: { ...retention, max_bytes: 4096, warning: 'the database takes 4 MiB of 4 MiB' },
    });
    const frame = frameOf(stateAfter({ kind: 'change', change: { kind: 'status', status: losing } }), {
      columns: 80,
    });
    expect(frame).toContain('  ! 13 lost: vigilai sources   2 unreadable: vigilai dead list   40 waiting\n');
    expect(frame).toContain('  ! the database is near its bound: vigilai status\n');
  });

  it('shows a failing source before those that only would fit', () => {
    const [source] = statusView().sources;
    if (source === undefined) throw new Error('no source');
    const calm = Array.from({ length: 9 }, (_, at) => ({ ...source, name: `calm-${at}` }));
    const view = statusView({ sources: [...calm, { ...source, name: 'shop', last_error: 'no socket' }] });
    const frame = frameOf(stateAfter({ kind: 'change', change: { kind: 'status', status: view } }));
    expect(frame).toContain('shop    reading: no socket');
    expect(frame).toContain('calm-4');
    expect(frame).toContain('and 4 more sources');
  });

  it('never fills the terminal, whatever there is to show', () => {
    const many = Array.from({ length: 80 }, (_, at) =>
      anomalyView('a', { id: `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000` }),
    );
    const state = stateAfter(status, { kind: 'listed', anomalies: many });
    for (const rows of [12, 24, 50]) {
      expect(frameOf(state, { rows }).split('\n').length).toBeLessThan(rows);
    }
  });

  it('keeps the chosen one in sight', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      anomalyView('a', { id: `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000` }),
    );
    const down = Array.from({ length: 30 }, (): Happening => ({ kind: 'key', key: 'down' }));
    expect(frameOf(stateAfter(status, { kind: 'listed', anomalies: many }, ...down))).toContain('› 00000030');
  });

  it('cuts to the width of the terminal', () => {
    const frame = frameOf(stateAfter(status, listed), { columns: 40 });
    expect(Math.max(...frame.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('lets nothing of a log drive the terminal', () => {
    const evil = anomalyView('a', { title: '\u001b[2Jgone \u001b]0;title\u0007 \u202eright to left\r\n' });
    const frame = frameOf(stateAfter(status, { kind: 'listed', anomalies: [evil] }));
    expect(frame.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(frame).toContain('gone');
  });
});

describe('the keys', () => {
  const screens: ReturnType<typeof render>[] = [];
  afterEach(() => {
    for (const screen of screens.splice(0)) screen.unmount();
  });

  function open() {
    const heard: Key[] = [];
    let interrupted = 0;
    const screen = render(
      <Screen
        state={EMPTY}
        now={now}
        colors={false}
        keys={true}
        onKey={(key) => heard.push(key)}
        onInterrupt={() => {
          interrupted += 1;
        }}
        onWriter={() => undefined}
      />,
    );
    screens.push(screen);
    return { screen, heard, interrupts: () => interrupted };
  }

  it('hears letters, arrows and enter', async () => {
    const { screen, heard } = open();
    for (const typed of ['\u001b[B', '\u001b[A', '\r', 'd', 'f', 'x', 'q', 'z']) {
      await new Promise((resolve) => setImmediate(resolve));
      screen.stdin.write(typed);
    }
    await expect.poll(() => heard).toEqual(['down', 'up', 'enter', 'diagnose', 'fix', 'dismiss', 'quit']);
  });

  it('takes Ctrl-C as an interrupt, not as a letter', async () => {
    const { screen, heard, interrupts } = open();
    await new Promise((resolve) => setImmediate(resolve));
    screen.stdin.write('\u0003');
    await expect.poll(interrupts).toBe(1);
    expect(heard).toEqual([]);
  });
});
