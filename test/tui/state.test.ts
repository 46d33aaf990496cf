import { describe, expect, it } from 'vitest';
import { EMPTY, type Happening, type Key, type LiveState, reduce } from '../../src/tui/state.ts';
import { anomalyView, diagnosisView, idOf, jobView, statusView } from '../support/views.ts';

const key = (name: Key): Happening => ({ kind: 'key', key: name });
const opened = (letter: string, first_seen = '2026-11-23T12:00:00.000Z'): Happening => ({
  kind: 'change',
  change: { kind: 'anomaly', change: 'opened', anomaly: anomalyView(letter, { first_seen }) },
});

/** The state after all of it, and what was asked for on the way. */
function after(...happenings: readonly Happening[]) {
  let state: LiveState = EMPTY;
  const effects = [];
  for (const happening of happenings) {
    const step = reduce(state, happening);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const two = [opened('a', '2026-11-23T12:00:00.000Z'), opened('b', '2026-11-23T12:01:00.000Z')];

describe('the live view', () => {
  it('lists the newest first and chooses it', () => {
    const { state } = after(opened('a', '2026-11-23T12:00:00.000Z'));
    expect(state.selected).toBe(idOf('a'));
    expect(after(...two).state.anomalies.map(({ id }) => id)).toEqual([idOf('b'), idOf('a')]);
  });

  it('keeps the choice when another anomaly comes', () => {
    expect(after(...two).state.selected).toBe(idOf('a'));
  });

  it('moves with the arrows and stops at both ends', () => {
    expect(after(...two, key('up')).state.selected).toBe(idOf('b'));
    expect(after(...two, key('up'), key('up')).state.selected).toBe(idOf('b'));
    expect(after(...two, key('down')).state.selected).toBe(idOf('a'));
  });

  it.each(['diagnose', 'fix', 'dismiss'] as const)('asks to %s the chosen one', (what) => {
    const { effects, state } = after(...two, key(what));
    expect(effects).toEqual([{ do: what, anomaly: idOf('a') }]);
    expect(state.note).toContain('aaaaaaaa');
  });

  it('asks for nothing when there is nothing to choose', () => {
    expect(after(key('fix'))).toMatchObject({ effects: [], state: { note: 'no anomaly to choose yet' } });
  });

  it('fetches the diagnosis of what is opened, once', () => {
    const listed: Happening = {
      kind: 'listed',
      anomalies: [anomalyView('a', { status: 'diagnosed', diagnosis_id: idOf('d') })],
    };
    const first = after(listed, key('enter'));
    expect(first.effects).toEqual([{ do: 'load-diagnosis', diagnosis: idOf('d') }]);
    const diagnosis: Happening = { kind: 'diagnosis', diagnosis: diagnosisView('a') };
    expect(after(listed, key('enter'), diagnosis, key('enter'), key('enter')).effects).toHaveLength(1);
  });

  it('closes the details with escape and with enter', () => {
    expect(after(...two, key('enter')).state.open).toBe(true);
    expect(after(...two, key('enter'), key('back')).state.open).toBe(false);
    expect(after(...two, key('enter'), key('enter')).state.open).toBe(false);
  });

  it('drops what is dismissed and chooses another', () => {
    const gone: Happening = {
      kind: 'change',
      change: { kind: 'anomaly', change: 'moved', anomaly: anomalyView('a', { status: 'false_positive' }) },
    };
    const { state } = after(...two, key('enter'), gone);
    expect(state).toMatchObject({ selected: idOf('b'), open: false });
    expect(state.anomalies).toHaveLength(1);
  });

  it('shows jobs while they run', () => {
    const job = (status: 'processing' | 'completed' | 'failed'): Happening => ({
      kind: 'change',
      change: { kind: 'job', job: jobView('a', { status }) },
    });
    expect(after(job('processing')).state.jobs.size).toBe(1);
    expect(after(job('processing'), job('completed')).state.jobs.size).toBe(0);
    expect(after(job('processing'), job('failed')).state.jobs.size).toBe(0);
  });

  it('believes the daemon about which jobs run', () => {
    const status: Happening = { kind: 'change', change: { kind: 'status', status: statusView() } };
    const job: Happening = { kind: 'change', change: { kind: 'job', job: jobView('a') } };
    expect(after(job, status).state.jobs.size).toBe(0);
  });

  it('does not pile up over days', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      anomalyView('a', { id: `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000` }),
    );
    expect(after({ kind: 'listed', anomalies: many }).state.anomalies).toHaveLength(200);
  });

  it('quits', () => {
    expect(after(key('quit')).effects).toEqual([{ do: 'quit' }]);
  });
});
