import { describe, expect, it } from 'vitest';
import { jobView } from '../../../src/contract/system-views.ts';
import {
  anomalyToDetail,
  anomalyToView,
  diagnosisToView,
  fixToView,
  jobToView,
  planToView,
  pullToView,
} from '../../../src/contract/to-view.ts';
import {
  anomalyDetailView,
  anomalyView,
  diagnosisView,
  fixView,
  planView,
  pullView,
} from '../../../src/contract/views.ts';
import type { AnomalyState } from '../../../src/domain/anomaly.ts';
import type { Evidence } from '../../../src/domain/detection.ts';
import { redact } from '../../../src/domain/redact.ts';
import { AT, anomalyAs, diagnosisFor, factsFor, fixFor } from '../../support/nouns.ts';

const [a, b, c] = [factsFor('a').id, factsFor('b').id, factsFor('c').id];

const states: readonly AnomalyState[] = [
  { status: 'detected' },
  { status: 'diagnosing' },
  { status: 'diagnosed', diagnosisId: a },
  { status: 'fixing', diagnosisId: a },
  { status: 'fix_ready', diagnosisId: a, fixId: b },
  { status: 'pr_created', diagnosisId: a, fixId: b, pullRequestId: c },
  { status: 'resolved', at: AT },
  { status: 'false_positive', at: AT },
  { status: 'failed', stage: 'diagnose', diagnosisId: null, reason: 'no provider' },
];

const evidence: readonly Evidence[] = [
  {
    kind: 'deviation',
    compared: 'mean',
    points: 24,
    spanMs: 7_200_000,
    since: AT,
    value: 9,
    baseline: 1,
    spread: 1,
    expected: [0, 2],
    learned: 50,
    tail: 0.001,
    timesADay: 8.6,
  },
  { kind: 'new_template', template: 'user <*>', learned: 50 },
  { kind: 'new_error', errorType: 'E', where: null, learned: 50 },
  { kind: 'rate', perMinute: 60, usualPerMinute: 2, learned: 50, since: AT },
  { kind: 'silence', quietMs: 60_000, usualGapMs: 1_000 },
  {
    kind: 'mix',
    divergence: 0.2,
    usualDivergence: 0.01,
    template: 'user <*>',
    share: 0.5,
    usualShare: 0.1,
    learned: 90,
  },
  { kind: 'new_value', field: 'state', value: 'lost', usual: ['up', 'down'], learned: 900 },
];

describe('views', () => {
  it.each(states)(
    'say of a $status anomaly what exists in that status, in words of the contract',
    (state) => {
      const view = anomalyToView(anomalyAs(state));
      expect(anomalyView.parse(view)).toEqual(view);
      expect(view).toMatchObject({
        status: state.status,
        diagnosis_id: 'diagnosisId' in state ? state.diagnosisId : null,
        fix_id: 'fixId' in state ? state.fixId : null,
        pull_request_id: 'pullRequestId' in state ? state.pullRequestId : null,
        reason: 'reason' in state ? state.reason : null,
        first_seen: '2026-01-05T12:00:00.000Z',
      });
    },
  );

  it.each(evidence)('know evidence of $kind', (one) => {
    const readings = [{ detector: 'd', score: 0.9, evidence: one }];
    const view = anomalyToView({ ...anomalyAs({ status: 'detected' }), readings });
    expect(anomalyView.parse(view).readings).toEqual(view.readings);
    expect(view.readings[0]?.evidence.kind).toBe(one.kind);
  });

  it('of one anomaly hold its course, and the surest reading first', () => {
    const readings = [0.2, 0.9].map((score) => ({
      detector: `d${score}`,
      score,
      evidence: evidence[3] as Evidence,
    }));
    const course = [{ time: AT, value: 1, expected: [0, 2] as const }];
    const view = anomalyToDetail({ ...anomalyAs({ status: 'detected' }), readings, course, mutedUntil: AT });
    expect(anomalyDetailView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      readings: [
        { detector: 'd0.9', text: '60 a minute where 2 is usual; learnt from 50 counts since 2026-01-05' },
        { score: 0.2 },
      ],
      course: [{ time: '2026-01-05T12:00:00.000Z', value: 1, expected: [0, 2] }],
      muted_until: '2026-01-05T12:00:00.000Z',
    });
  });

  it('of one anomaly name what turned abnormal with it, and say how many more there were', () => {
    const alongside = { series: [{ name: 'cpu', value: 0.97, expected: [0, 0.5] as const }], count: 4 };
    const view = anomalyToDetail({ ...anomalyAs({ status: 'detected' }), alongside });
    expect(anomalyDetailView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      alongside: [{ name: 'cpu', value: 0.97, expected: [0, 0.5] }],
      alongside_more: 3,
    });
  });

  it('of an older daemon, which tells of none, are read all the same', () => {
    const { alongside, alongside_more, ...older } = anomalyToDetail(anomalyAs({ status: 'detected' }));
    expect(anomalyDetailView.parse(older)).toEqual({ ...older, alongside, alongside_more });
  });

  it('leave out nothing that a diagnosis, a fix, a plan, a pull request or a job must have', () => {
    const diagnosis = diagnosisFor(a);
    const fix = fixFor(diagnosis);
    const limits = {
      maxFiles: 1,
      maxLines: 2,
      protectedPaths: ['x'],
      rounds: 1,
      turnMs: 60_000,
      startMs: 3,
      idleMs: 4,
      totalMs: 5,
    };
    const whole = [
      [diagnosisView, diagnosisToView(diagnosis)],
      [fixView, fixToView(fix)],
      [fixView, fixToView({ ...fix, proof: null, outcome: { end: 'refused', reason: 'a lockfile' } })],
      [
        planView,
        planToView({
          anomalyId: a,
          diagnosisId: b,
          branch: 'vigilai/x',
          baseCommit: 'c',
          baseBranch: 'main',
          title: 't',
          suspect: 's.js',
          errorType: null,
          fault: { message: null, trace: null, suspects: [] },
          monitoring: 'off',
          brief: 'b',
          limits,
          proof: { runs: 3, minCoverage: 0.8, reproduce: ['make', 'replay'] },
          commitMessage: 'm',
        }),
      ],
      [
        pullView,
        pullToView({
          id: a,
          fixId: b,
          anomalyId: c,
          repository: 'acme/shop',
          branchName: 'vigilai/x',
          baseBranch: 'main',
          title: 't',
          description: redact('d'),
          status: 'open',
          githubPrNumber: 7,
          githubPrUrl: 'https://example.test/7',
          jiraTicketId: null,
          reviewStatus: 'pending',
          timestamp: AT,
        }),
      ],
      [
        jobView,
        jobToView({
          id: a,
          kind: 'fix',
          subject: b,
          resultId: c,
          options: { offline: false, engine: null, openPr: false, reviewers: [] },
          status: 'dead',
          attempts: 3,
          progress: 0.5,
          step: 'ended',
          error: { code: 'bug', message: 'oops' },
          createdAt: AT,
          notBefore: null,
          updatedAt: AT,
        }),
      ],
    ] as const;
    for (const [schema, view] of whole) expect(schema.parse(view)).toEqual(view);
    expect(fixToView({ ...fix, outcome: { end: 'refused', reason: 'a lockfile' } })).toMatchObject({
      outcome: 'refused',
      reason: 'a lockfile',
      commit: null,
    });
  });
});
