import { describe, expect, it } from 'vitest';
import type { Client } from '../../../../src/client/client.ts';
import { exitOf } from '../../../../src/commands/anomaly/fix.ts';
import type { FixView } from '../../../../src/contract/views.ts';
import { VigilError } from '../../../../src/domain/errors.ts';
import { runScripted } from '../../../support/scripted-program.ts';
import { anomalyView, diagnosisView, fixView, idOf, jobView, NOON } from '../../../support/views.ts';

type Jobs = readonly ReturnType<typeof jobView>[];

/** A daemon whose job goes through these states, and what it was asked. */
function daemonWith(jobs: Jobs, fix: FixView | null) {
  const asked: unknown[] = [];
  const left = [...jobs];
  const accepted = { status: 'queued', job_id: idOf('0'), estimated_completion: NOON };
  const client: Partial<Client> = {
    generate: (input) => {
      asked.push(input);
      return Promise.resolve({ ...accepted, fix_id: idOf('f') });
    },
    analyze: (input) => {
      asked.push(input);
      return Promise.resolve({ ...accepted, diagnosis_id: idOf('d') });
    },
    showJob: () =>
      Promise.resolve(left.length > 1 ? (left.shift() ?? jobView('a')) : (left[0] ?? jobView('a'))),
    cancelJob: (input) => {
      asked.push(input);
      left.splice(0, left.length, jobView('a', { status: 'cancelled' }));
      return Promise.resolve(jobView('a'));
    },
    showFix: () =>
      fix === null
        ? Promise.reject(new VigilError('unknown_id', { what: 'there is no such fix' }))
        : Promise.resolve(fix),
    showDiagnosis: () => Promise.resolve(diagnosisView('a')),
    showAnomaly: () => Promise.resolve({ ...anomalyView('a'), course: [], alongside: [], alongside_more: 0 }),
    createPull: (input) => {
      asked.push(input);
      return Promise.resolve({
        pr_id: idOf('9'),
        github_pr_number: 7,
        github_pr_url: 'https://example.org/7',
      });
    },
  };
  return { client, asked };
}

const running = jobView('a', { step: 'proof: the whole suite' });
const done = jobView('a', { status: 'completed', step: 'done' });

describe('fix', () => {
  it('shows the steps, the proof and what to do next', async () => {
    const { client, asked } = daemonWith([running, done], fixView('a'));
    const { code, out, err } = await runScripted(['fix', 'last', '--engine', 'recorded'], { client });
    expect(code).toBe(0);
    expect(asked).toEqual([{ anomaly_id: 'last', open_pr: false, engine: 'recorded' }]);
    expect(err).toContain('… proof: the whole suite');
    expect(out).toContain(
      'Fix proven: branch vigilai/pay  written by recorded agent (a recorded agent run, replayed)',
    );
    expect(out).toContain('✔ tests run before the fix     3 tests passing');
    expect(out).toContain('next: git diff main...vigilai/pay');
  });

  it('opens the pull request when asked', async () => {
    const { client, asked } = daemonWith([done], fixView('a'));
    const { code, out } = await runScripted(['fix', 'last', '--open-pr'], { client });
    expect(code).toBe(0);
    expect(asked).toContainEqual({ fix_id: idOf('f') });
    expect(out).toContain('pull request #7: https://example.org/7');
  });

  it('tells a fix that was not proven with its reason, and where the patch is kept', async () => {
    const failed = jobView('a', { status: 'failed', error: { code: 'not_proven', message: 'it fails' } });
    const fix = fixView('a', { outcome: 'not_proven', reason: 'the suite fails' });
    const { code, out } = await runScripted(['fix', 'last'], { client: daemonWith([failed], fix).client });
    expect(code).toBe(7);
    expect(out).toContain('Fix not proven: nothing was staged');
    expect(out).toContain('fixes/f');
  });

  it('ends with the job’s own error when no fix was made', async () => {
    const failed = jobView('a', { status: 'dead', error: { code: 'tool_missing', message: 'no kiro-cli' } });
    const { code, err } = await runScripted(['fix', 'last'], { client: daemonWith([failed], null).client });
    expect(code).toBe(3);
    expect(err).toContain('vigilai: no kiro-cli');
  });

  it('cancels the job on Ctrl-C', async () => {
    const { client, asked } = daemonWith([running], null);
    const { code } = await runScripted(['fix', 'last'], {
      client,
      during: (send) => void setTimeout(() => send('SIGINT'), 50),
    });
    expect(code).toBe(130);
    expect(asked).toContainEqual({ id: idOf('0') });
  });

  it.each([
    ['proven', 0],
    ['not_proven', 7],
    ['no_change', 9],
    ['refused', 8],
    ['agent_failed', 5],
    ['cancelled', 130],
    ['budget', 6],
  ] as const)('ends with its own code when %s', (outcome, code) => {
    expect(exitOf(outcome)).toBe(code);
  });
});

describe('diagnose', () => {
  it('waits for the diagnosis and prints it', async () => {
    const { client, asked } = daemonWith([running, done], null);
    const { code, out } = await runScripted(['diagnose', 'last', '--offline'], { client });
    expect(code).toBe(0);
    expect(asked).toEqual([{ anomaly_id: 'last', offline: true }]);
    expect(out).toContain('src/pay.js:4');
    expect(out).toContain(`seen 3 times in app, at ${NOON}`);
    expect(out).toContain('next: vigilai fix aaaaaaaa');
  });

  it('prints what would be sent, and sends nothing', async () => {
    const prompt = () =>
      Promise.resolve({ system: 'be brief', prompt: 'the trace', goes_to: ['deepseek/flash'] });
    const { out } = await runScripted(['diagnose', 'last', '--show-prompt'], { client: { prompt } });
    expect(out).toBe('--- would go to: deepseek/flash\n--- system\nbe brief\n--- prompt\nthe trace\n');
  });
});
